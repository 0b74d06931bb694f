"""Acts, answers and conduct under the names of a policy, and which lists of an institution are complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from vbprules.synth import parameters as p
from vbprules.synth.catalogue import EPOCH
from vbprules.synth.draws import Draws
from vbprules.synth.plan import Plan
from vbprules.synth.policy_words import PolicyWords, Word
from vbprules.synth.tables import CATALOGUE, KEY, days

_KINDS: Final = ("act", "performed", "answer", "act_on_quarter")
_LATE: Final = ("late", "very_late", "part", "never")
DATED: Final = ("purchases", "uses", "receipts", "payments", "fund_payments", "prepayments", "dispensings")
UNDATED: Final = ("agreements", "agreement_lines", "targets")
OF_POLICY: Final = ("conducts", "acts", "performances", "determinations")


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """What statements are about: rows with ``i, institution, subject``, the first ``day`` that may be, and a key."""

    institution: pl.DataFrame
    low_target: pl.DataFrame
    low_quarter: pl.DataFrame
    late_receipt: pl.DataFrame
    agreement: pl.DataFrame
    conduct: pl.DataFrame


def subjects(
    plan: Plan,
    institutions: pl.DataFrame,
    by_quarter: pl.DataFrame,
    paid: pl.DataFrame,
    agreed: pl.DataFrame,
    conducts: pl.DataFrame,
) -> Subjects:
    """The rows of a chunk of which authorities say something."""
    ended = pl.col("q_end") < plan.last.toordinal() - EPOCH
    low = by_quarter.filter((pl.col("bought") * 100 < pl.col("set_volume") * 80) & ended).with_columns(
        pl.col("id").alias("institution"), (pl.col("q_end") + 10).alias("day")
    )
    wanted = ["i", "institution", "subject", "day", KEY]
    quarters = low.with_columns(pl.col("label").alias("subject")).unique(["i", "q"], keep="first", maintain_order=True)
    start = plan.first.toordinal() - EPOCH
    return Subjects(
        institutions.with_columns(
            pl.col("id").alias("institution"),
            pl.lit(None, dtype=pl.String).alias("subject"),
            pl.lit(start, dtype=pl.Int64).alias("day"),
        ).select(wanted),
        low.with_columns(pl.format("{}@{}", "drug", "label").alias("subject")).select(wanted),
        quarters.select(wanted),
        paid.filter(pl.col("how").is_in(_LATE))
        .with_columns(pl.col("id").alias("subject"), (pl.col("accepted_on") + 35).alias("day"))
        .select(wanted),
        agreed.with_columns(pl.col("id").alias("subject"), pl.col("start").alias("day")).select(wanted),
        conducts.with_columns(pl.col("id").alias("subject")).select(wanted),
    )


def conducts(plan: Plan, words: PolicyWords, bought: pl.DataFrame) -> pl.DataFrame:
    """Conduct of the kinds and grounds that the policy looks for, beside some purchases of selected products."""
    draws = Draws(bought.get_column(KEY)).under(bought.get_column("part") * 0 + 4)
    kinds, grounds = words.codes.get("kind", ()), words.codes.get("ground", ())
    made = bought.with_columns(
        draws.keys.alias(KEY),
        _code(draws, "kind", kinds),
        _code(draws, "ground", grounds),
        pl.format("C{}-{}-{}", pl.col("i") + 1, pl.col("d") + 1, pl.col("q") + 1).alias("id"),
        *(draws.chance(name, share * 1000).alias(name) for name, share in p.CONDUCT_FACTS.items()),
    )
    return made.filter(pl.lit(draws.chance("conduct", p.CONDUCT * 1000)) & (pl.col("part") == 0))


def _code(draws: Draws, name: str, codes: Sequence[str]) -> pl.Series:
    if not codes:
        return pl.Series(name, [None], dtype=pl.String).new_from_index(0, len(draws.keys))
    return pl.Series(name, list(codes)).gather(draws.below(name, len(codes)))


def acts(plan: Plan, words: PolicyWords, about: Subjects) -> pl.DataFrame:
    """Measures of authorities: after low quarters, after late payments, and now and then toward an institution."""
    said = words.sanctions
    return _together(
        _said(plan, "act", about.low_target, said.get("target"), p.ACTS_FOR_LOW_TARGETS, 20),
        _said(plan, "act_on_quarter", about.low_quarter, said.get("quarter"), p.ACTS_FOR_LOW_TARGETS, 20),
        _said(plan, "act", about.late_receipt, said.get("receipt"), p.ACTS_FOR_LATE_RECEIPTS, 30),
        _said(plan, "act", about.institution, said.get("institution"), p.ACTS_FOR_INSTITUTIONS, _days(plan)),
    ).rename({"name": "of"})


def performances(plan: Plan, words: PolicyWords, about: Subjects) -> pl.DataFrame:
    """What was done of duties."""
    said = words.duties
    return _together(
        _said(plan, "performed", about.institution, said.get("institution"), p.PERFORMED_FOR_INSTITUTIONS, _days(plan)),
        _said(plan, "performed", about.agreement, said.get("agreement"), p.PERFORMED_FOR_AGREEMENTS, 60),
    ).rename({"name": "of"})


def determinations(plan: Plan, words: PolicyWords, about: Subjects) -> pl.DataFrame:
    """Answers of those who decide a question: one question at most about each subject, so that none contradict."""
    rows: Mapping[str, tuple[pl.DataFrame, int]] = {
        "institution": (about.institution, _days(plan)),
        "target": (about.low_target, 20),
        "receipt": (about.late_receipt, 30),
        "agreement": (about.agreement, 200),
        "conduct": (about.conduct, 60),
    }
    found = _together(
        *(
            _said(plan, "answer", frame, words.questions.get(per), p.ASKED[per], most)
            for per, (frame, most) in rows.items()
        )
    )
    yes = Draws(found.get_column(KEY)).chance("yes", p.ANSWERED_YES * 1000)
    answer = pl.Series("answer", ["yes"]).new_from_index(0, len(yes))
    return found.with_columns(answer.zip_with(yes, (pl.Series(["no"]).new_from_index(0, len(yes))))).rename(
        {"name": "question"}
    )


def _days(plan: Plan) -> int:
    return (plan.last - plan.first).days + 1


def _said(
    plan: Plan, kind: str, rows: pl.DataFrame, words: Sequence[Word] | None, thousandths: int, most: int
) -> pl.DataFrame:
    """For this share of the rows one of the words, on a day at most ``most`` days later; not after the last day."""
    chosen = rows if words else rows.clear()
    draws = Draws(chosen.get_column(KEY)).under(pl.Series([_KINDS.index(kind)]).new_from_index(0, len(chosen)))
    names = list(words or ()) or [Word("", "")]
    word = draws.below("word", len(names))
    found = chosen.with_columns(
        pl.Series("name", [word.name for word in names]).gather(word),
        pl.Series("by", [word.by for word in names], pl.String).gather(word),
        (chosen.get_column("day") + draws.below("day", most)).alias("day"),
        draws.keys.alias(KEY),
    )
    found = found.filter(pl.lit(draws.chance("said", thousandths * 1000)))
    return found.filter(pl.col("day") <= plan.last.toordinal() - EPOCH)


def _together(*frames: pl.DataFrame) -> pl.DataFrame:
    joined = pl.concat(frames).sort("i", "day", "name", "subject", maintain_order=True)
    return joined.with_columns(days("day"))


def completeness(plan: Plan, institutions: pl.DataFrame, with_catalogue: bool) -> pl.DataFrame:
    """Which lists are complete, and through which day: all of them, but for institutions that are not complete.

    Of these some lists have no statement, and the others stop a quarter before the last day. The catalogue is
    complete for all (an empty institution); it is stated once, ``with_catalogue``.
    """
    names = [*DATED, *UNDATED, *(OF_POLICY if plan.words is not None else ())]
    lists = pl.DataFrame({"l": pl.Series(range(len(names)), dtype=pl.Int64), "list": names})
    found = institutions.select("i", pl.col("id").alias("institution"), "complete").join(lists, how="cross")
    draws = Draws.of(plan.seed, "completeness", found.get_column("i"), found.get_column("l"))
    found = found.filter(pl.col("complete") | ~pl.lit(draws.chance("unstated", p.UNSTATED * 1000)))
    last = plan.last.toordinal() - EPOCH
    dated, whole = ~pl.col("list").is_in(UNDATED), pl.col("complete")
    day = pl.when(whole).then(last).otherwise(last - 92).cast(pl.Int32).cast(pl.Date)
    stated = found.select(
        "institution",
        "list",
        pl.when(dated).then(day).alias("complete_through"),
        pl.when(~dated).then(True).alias("complete"),
    )
    if not with_catalogue:
        return stated
    shared = pl.DataFrame({"list": list(CATALOGUE)}).select(
        pl.lit(None, dtype=pl.String).alias("institution"),
        "list",
        pl.lit(None, dtype=pl.Date).alias("complete_through"),
        pl.lit(True).alias("complete"),
    )
    return pl.concat([shared, stated])
