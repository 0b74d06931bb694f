"""Check an implementation of the policy language against the conformance suites. Needs nothing but Python 3.10.

python conformance/check.py [SUITE …] [--every N] [--quiet] -- COMMAND [ARGUMENT …]

COMMAND is started once. For each case it reads one line of JSON from its input and writes one to its output, as
conformance/README.md says. Without SUITE every suite of conformance/cases is run. Exit code 0: all pass; 1: some do
not; 2: it could not be run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
SUITES = HERE / "cases"
FORMAT = "vbprules-conformance 1"
FIGURES = (
    "amount", "due", "not_before", "from", "until", "standard", "base", "excess", "value", "done", "breached_on",
    "received", "early",
)  # fmt: skip
KINDS = ("fact", "list", "time", "judgement", "instrument", "calendar", "undefined", "silent")
SECONDS = 120  # that an answer may take


class Failure(NamedTuple):
    """What is not as it should be."""

    outcome: str
    key: str
    expected: str
    actual: str


class Unusable(Exception):
    """The suites or the command cannot be used."""


class Implementation:
    """A command that answers requests, one line of JSON each."""

    def __init__(self, command: list[str]) -> None:
        try:
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            raise Unusable(f"{command[0]}: {error.strerror}") from error

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        line = json.dumps(request, ensure_ascii=False) + "\n"
        assert self.process.stdin is not None and self.process.stdout is not None
        timer = threading.Timer(SECONDS, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(line.encode())
            self.process.stdin.flush()
            told = self.process.stdout.readline()
        except OSError:
            told = b""
        finally:
            timer.cancel()
        if not told:
            raise Unusable("命令没有回答 the command gave no answer")
        try:
            answer = json.loads(told.decode())
        except ValueError as error:
            raise Unusable(f"不是一行 JSON not a line of JSON: {told[:200]!r}") from error
        if not isinstance(answer, dict) or answer.get("id") != request["id"]:
            raise Unusable(f"没有回答这个请求 no answer to request {request['id']}: {told[:200]!r}")
        return answer

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        try:
            self.process.stdin.close()
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


# What a case expects


def failures(case: dict[str, Any], answer: dict[str, Any], whole_needs: bool) -> Iterator[Failure]:
    """Everything in an answer that is not as the case says, and every outcome that contradicts itself."""
    if "error" in answer:
        yield Failure("", "", "an answer", (str(answer["error"]).splitlines() or ["error"])[0])
        return
    outcomes = answer.get("outcomes", [])
    outside = answer.get("not_applicable", [])
    for outcome in outcomes:
        yield from unsound(outcome)
    for expected in case["expect"]:
        found = [item for item in outcomes if named(item, expected["outcome"])]
        gone = [item for item in outside if named(item, expected["outcome"])]
        yield from unmet(expected, found, gone, whole_needs)
    for provision in case["must_not"]:
        present = [item["id"] for item in (*outcomes, *outside) if is_of(item, provision)]
        if present:
            yield Failure(provision, "", "absent", ", ".join(present))


def named(item: dict[str, Any], wanted: str) -> bool:
    return wanted in (item["id"], item["provision"])


def is_of(item: dict[str, Any], provision: str) -> bool:
    return item["provision"] == provision or item["provision"].startswith(provision + ".")


def unmet(
    expected: dict[str, Any], found: list[dict[str, Any]], gone: list[dict[str, Any]], whole_needs: bool
) -> Iterator[Failure]:
    name, kind = expected["outcome"], expected["is"]
    told = [f"{item['id']}: {shown(item['state'])}" for item in found]
    states = ", ".join([*told, *(f"{item['id']}: not_applicable" for item in gone)])
    if kind == "absent":
        if found or gone:
            yield Failure(name, "", "absent", states)
    elif kind == "not_applicable":
        if not gone:
            yield Failure(name, "", "not_applicable", states or "absent")
        elif "clause" in expected["assert"]:
            yield from same_set(name, "clause", expected["assert"]["clause"], clauses(gone[0]))
    elif len(found) != 1:
        yield Failure(name, "", "one outcome", states or "absent")
    else:
        for key, wanted in expected["assert"].items():
            yield from differs(found[0], key, wanted, whole_needs)


def differs(outcome: dict[str, Any], key: str, wanted: Any, whole_needs: bool) -> Iterator[Failure]:
    name = outcome["id"]
    if key in ("state", "triggered"):
        yield from value_differs(name, key, wanted, outcome[key])
    elif key in FIGURES:
        yield from value_differs(name, key, wanted, outcome["attributes"].get(key))
    elif key in ("standing", "mode", "modality", "hedge", "choose"):
        if (outcome.get(key) or "none") != wanted:
            yield Failure(name, key, wanted, outcome.get(key) or "none")
    elif key in ("by", "toward", "fields"):
        yield from same_set(name, key, wanted, outcome[key])
    elif key == "clause":
        yield from same_set(name, key, wanted, clauses(outcome))
    elif key == "needs":
        yield from needs_differ(name, texts(wanted), needs_of(outcome), whole_needs)
    else:
        yield Failure(name, key, "a known key", "unknown expectation")


def needs_differ(name: str, wanted: list[str], found: set[str], whole: bool) -> Iterator[Failure]:
    """Each need that is expected must occur, its beginning is enough; ``whole``: and no other."""
    wanted = [] if wanted == ["none"] else wanted
    for need in wanted:
        if not any(begins(key, need) for key in found):
            yield Failure(name, "needs", need, "; ".join(sorted(found)) or "none")
    more = [key for key in sorted(found) if not any(begins(key, need) for need in wanted)]
    if whole and more:
        yield Failure(name, "needs", "; ".join(wanted) or "none", "; ".join(sorted(found)))


def begins(key: str, need: str) -> bool:
    return key == need or key.startswith(need + " ")


def clauses(item: dict[str, Any]) -> list[str]:
    return [cited["clause"] for cited in item["clauses"]]


def same_set(name: str, key: str, wanted: Any, found: list[str]) -> Iterator[Failure]:
    expected = [] if wanted == "none" else [text.replace("（", "(").replace("）", ")") for text in texts(wanted)]
    if set(expected) != set(found):
        yield Failure(name, key, ", ".join(expected) or "none", ", ".join(found) or "none")


def value_differs(name: str, key: str, wanted: Any, found: dict[str, Any] | None) -> Iterator[Failure]:
    """One value, or one for each assignment of options to readings."""
    if found is None:
        if wanted != "absent":
            yield Failure(name, key, str(wanted), "absent")
    elif isinstance(wanted, dict):
        for text, value in wanted.items():
            chosen = dict(part.split("=", 1) for part in text.split("&"))
            under = [leaf for leaf in leaves(found) if compatible(leaf, chosen)]
            for leaf in under:
                if not same(key, value, leaf):
                    yield Failure(name, f"{key} ({text})", value, leaf["value"] or "open")
            if not under:
                yield Failure(name, f"{key} ({text})", value, "no such branch")
    elif found.get("branches") or not same(key, wanted, leaves(found)[0]):
        yield Failure(name, key, wanted, shown(found))


def leaves(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The branches of an attribute; one without readings where it does not depend on any."""
    branches = found.get("branches") or []
    if not branches:
        return [{"readings": {}, "value": found.get("value"), "standing": found["standing"]}]
    return [{**branch, "standing": "settled" if branch["settled"] else "open"} for branch in branches]


def compatible(leaf: dict[str, Any], chosen: dict[str, Any]) -> bool:
    return all(leaf["readings"].get(name, option) == option for name, option in chosen.items())


def same(key: str, wanted: str, leaf: dict[str, Any]) -> bool:
    if key != "state" and wanted in ("silent", "open") and leaf["standing"] == wanted:
        return True
    return plain(wanted.replace("–", "..")) == plain(leaf["value"] or "")


def plain(text: str) -> str:
    """An exact value and a legal range are written with or without the law's word for them."""
    text = unicodedata.normalize("NFKC", text).strip()
    for word in ("exactly ", "between "):
        text = text[len(word) :] if text.startswith(word) else text
    return text


def texts(wanted: Any) -> list[str]:
    return list(wanted) if isinstance(wanted, list) else [wanted]


def shown(found: dict[str, Any]) -> str:
    told = [
        "&".join(f"{r}={o}" for r, o in leaf["readings"].items()) + (": " if leaf["readings"] else "")
        + str(leaf["value"] or leaf["standing"])
        for leaf in leaves(found)
    ]  # fmt: skip
    return "; ".join(told)


def parts(outcome: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("state", outcome["state"]), ("triggered", outcome["triggered"]), *outcome["attributes"].items()]


def needs_of(outcome: dict[str, Any]) -> set[str]:
    found = set()
    for _, part in parts(outcome):
        for holder in (part, *(part.get("branches") or [])):
            found |= {need["key"] for need in holder.get("needs") or []}
    return found


# What any outcome must be like (S-9, S-13, S-14)


def unsound(outcome: dict[str, Any]) -> Iterator[Failure]:
    for key, part in parts(outcome):
        branches = part.get("branches") or []
        if (part["standing"] == "by_reading") != bool(branches):
            yield Failure(outcome["id"], key, "by_reading with branches, else none (S-9.6)", shown(part))
        if branches:
            yield from unreduced(outcome["id"], key, branches)
        elif part["standing"] == "settled" and (part.get("needs") or not part.get("value")):
            yield Failure(
                outcome["id"], key, "settled: a value and no needs (S-14.1)", f"{part.get('value')}, {keys(part)}"
            )
        for holder in branches or [part]:
            open_one = not holder["settled"] if branches else holder["standing"] == "open"
            if open_one and not holder.get("needs"):
                yield Failure(outcome["id"], key, "open: needs something (S-14.1)", "no needs")
            for need in holder.get("needs") or []:
                if need["key"].split(" ")[0] not in KINDS:
                    yield Failure(outcome["id"], key, "a known kind of need (S-14.2)", need["key"])


def unreduced(name: str, key: str, branches: list[dict[str, Any]]) -> Iterator[Failure]:
    """Branches exclude each other, and each reading that is named makes a difference.

    An attribute may exist under some options only (S-9.3): those that are not named stand as ``None``.
    """
    for first, second in combinations(branches, 2):
        if compatible(second, first["readings"]):
            yield Failure(
                name, key, "branches that exclude each other (S-9.6)", f"{first['readings']}, {second['readings']}"
            )
    options: dict[str, list[str]] = {}
    for branch in branches:
        for reading, option in branch["readings"].items():
            options.setdefault(reading, []).append(option)
    choices = {reading: list(dict.fromkeys(found)) for reading, found in options.items()}
    unnamed = [] if key in ("state", "triggered") else [None]
    for reading in (reading for reading, found in choices.items() if len(found) > 1 or not unnamed):
        others = [other for other in choices if other != reading]
        for chosen in product(*([*choices[other], *unnamed] for other in others)):
            rest = dict(zip(others, chosen, strict=True))
            if len({result(branches, {**rest, reading: option}) for option in choices[reading]}) > 1:
                break
        else:
            yield Failure(
                name, key, f"no reading that makes no difference: {reading} (S-9.2)", shown_branches(branches)
            )


def result(branches: list[dict[str, Any]], chosen: dict[str, str | None]) -> str:
    """What comes out under an assignment."""
    for branch in branches:
        if compatible(branch, chosen):
            return json.dumps([branch["value"], branch["settled"], keys(branch)])
    return "none"  # a branch where the attribute does not exist


def shown_branches(branches: list[dict[str, Any]]) -> str:
    return shown({"branches": branches, "standing": "by_reading"})


def keys(holder: dict[str, Any]) -> list[str]:
    return sorted(need["key"] for need in holder.get("needs") or [])


# Running


def wanted_of(case: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys([*(item["outcome"] for item in case["expect"]), *case["must_not"]]))


def suite_of(path: Path) -> dict[str, Any]:
    try:
        suite = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Unusable(f"{path}: {error}") from error
    if not isinstance(suite, dict) or suite.get("format") != FORMAT:
        raise Unusable(f"{path}: 不是 not {FORMAT}")
    return suite


def request_of(path: Path, suite: dict[str, Any], case: dict[str, Any], number: int) -> dict[str, Any]:
    """What an implementation is asked about a case of the suite at a path."""
    return {
        "id": number,
        "policy": str((path.parent / suite["policy"]).resolve()),
        "as_of": case["as_of"],
        "readings": case["readings"],
        "facts": case["facts"],
        "outcomes": wanted_of(case),
    }


def run(paths: list[Path], command: list[str], every: int, quiet: bool) -> int:
    suites = [(path, suite_of(path)) for path in paths]
    implementation = Implementation(command)
    ran = failed = 0
    try:
        for path, suite in suites:
            bad = 0
            cases = suite["cases"][::every]
            for case in cases:
                ran += 1
                answer = implementation.ask(request_of(path, suite, case, ran))
                found = list(failures(case, answer, suite["needs"] == "all"))
                bad += bool(found)
                if found and not quiet:
                    print(f"✗ {path.stem}  {case['name']}")
                    for outcome, key, expected, actual in found:
                        print(f"    {outcome} {key}  应为 expected: {expected}  实为 actual: {actual}")
            failed += bad
            print(f"{path.stem}: {len(cases) - bad}/{len(cases)}")
    finally:
        implementation.close()
    print(f"共 total {ran}，相符 passed {ran - failed}，不符 failed {failed}")
    return 1 if failed or not ran else 0


def main(arguments: list[str]) -> int:
    if "--" not in arguments or arguments[-1] == "--":
        print(__doc__)
        return 2
    cut = arguments.index("--")
    own, command = arguments[:cut], arguments[cut + 1 :]
    every, quiet, paths = 1, False, []
    while own:
        word = own.pop(0)
        if word == "--quiet":
            quiet = True
        elif word == "--every" and own and own[0].isdigit() and int(own[0]) > 0:
            every = int(own.pop(0))
        elif word.startswith("-"):
            print(__doc__)
            return 2
        else:
            paths.append(Path(word))
    try:
        return run(paths or sorted(SUITES.glob("*.json")), command, every, quiet)
    except Unusable as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
