"""The law that runs is the law that was pinned, and the receipt says so."""

from __future__ import annotations

import hashlib
import json

import pytest

import vbprules
from vbprules import InputError, catalog, evaluate, load, timeline, what_next
from vbprules.cli.main import main

AS_OF = "2020-04-15"


def sha256(path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()


def refused(call) -> list[str]:
    with pytest.raises(InputError) as error:
        call()
    return [finding.code for finding in error.value.findings]


def test_the_pin_of_a_policy_file_is_that_of_its_receipt(files):
    pin = sha256(files.policy)
    decision = evaluate(load(files.policy, pin=pin), files.dossier, AS_OF)
    assert "sha256:" + decision.receipt.policy_sha256 == pin
    assert decision.receipt.bundle == ""


def test_the_pin_of_a_bundle_is_that_of_its_receipt(files):
    path = files.whole()
    decision = evaluate(load(path, pin=sha256(path)), files.dossier, AS_OF)
    assert decision.receipt.bundle == sha256(path)
    assert "sha256:" + decision.receipt.policy_sha256 == sha256(files.policy)


def test_timelines_and_looks_ahead_name_their_bundle(files):
    path = files.whole()
    program = load(path, pin=sha256(path))
    for found in (timeline(program, files.dossier, "2020-04-01", AS_OF), what_next(program, files.dossier, AS_OF)):
        assert found.bundle == sha256(path)
        assert json.loads(found.to_json())["bundle"] == sha256(path)
    assert timeline(files.policy, files.dossier, "2020-04-01", AS_OF).bundle == ""


def test_anything_else_is_refused_before_it_is_compiled(files, monkeypatch):
    one, two = files.bundle("one.zip"), files.bundle("two.zip", rulings=files.rulings)

    def compiled(*_):
        raise AssertionError("it was read")

    monkeypatch.setattr(catalog, "check", compiled)
    assert refused(lambda: load(two, pin=sha256(one))) == ["G122"]
    assert refused(lambda: load(one, pin=sha256(files.policy))) == ["G122"]  # the pin is of the file that is given
    assert refused(lambda: load(files.policy, pin=sha256(one))) == ["G122"]
    assert refused(lambda: load("guizhou_2019", pin=sha256(files.policy))) == ["G122"]


def test_a_policy_altered_by_one_byte(files):
    pin = sha256(files.policy)
    files.policy.write_bytes(files.policy.read_bytes().replace(b"80%", b"81%", 1))
    with pytest.raises(InputError) as error:
        load(files.policy, pin=pin)
    (found,) = error.value.findings
    assert (found.code, found.file) == ("G122", str(files.policy))
    assert pin in found.message("zh") and sha256(files.policy) in found.message("zh")


@pytest.mark.parametrize(
    "pin",
    ["", "sha256:", "0" * 64, "sha256:" + "0" * 63, "sha256:" + "g" * 64, "md5:" + "0" * 32, "sha256:" + "0" * 65],
)
def test_what_is_no_pin(files, pin):
    assert refused(lambda: load(files.policy, pin=pin)) == ["G121"]


def test_capital_digits_are_the_same_pin(files):
    assert load(files.policy, pin="sha256:" + sha256(files.policy)[7:].upper()).policy.id == "testland"


def test_a_bundle_decides_as_its_files_do(files):
    bundle = files.whole()
    one = evaluate(bundle, files.dossier, AS_OF)
    two = evaluate(files.policy, files.dossier, AS_OF, rulings=files.rulings, calendar=files.local)
    assert one.receipt.bundle == sha256(bundle) and two.receipt.bundle == ""
    assert one.model_copy(update={"receipt": two.receipt}) == two
    assert one.receipt.model_copy(update={"bundle": ""}) == two.receipt
    (low,) = one.of("low")
    assert (low.state.value, low.standing) == ("due", "settled")  # 79,000 bought of 100,000; the ruling says bought
    (low,) = evaluate(files.policy, files.dossier, AS_OF).of("low")
    assert low.standing == "by_reading"


def test_a_ruling_counts_from_its_day(files):
    (low,) = evaluate(files.whole(), "institution: {kind: hospital}\n", "2020-01-31").of("low") or (None,)
    assert low is None
    assert evaluate(files.whole(), "institution: {kind: hospital}\n", "2020-01-31").receipt.readings == {}


def test_nothing_can_be_put_beside_a_bundle(files):
    whole, bare = files.whole(), files.bundle("bare.zip")
    other = files.folder / "other.yaml"
    other.write_text(files.rulings.read_text("utf-8").replace("option: bought", "option: used"), "utf-8")
    calm = files.folder / "calm.yaml"
    calm.write_text(files.local.read_text("utf-8").replace("2020-02-12", "2020-02-13"), "utf-8")
    for path, beside in (
        (whole, {"rulings": other}),
        (bare, {"rulings": files.rulings}),
        (whole, {"calendar": calm}),
        (whole, {"calendar": "original"}),
        (bare, {"calendar": files.local}),
        (bare, {"calendar": "latest"}),
    ):
        assert refused(lambda p=path, b=beside: evaluate(p, files.dossier, AS_OF, **b)) == ["G113"]
    same = evaluate(whole, files.dossier, AS_OF, rulings=files.rulings, calendar=files.local)
    assert same == evaluate(whole, files.dossier, AS_OF)  # the same again is no contradiction


def test_the_other_ways_to_decide_take_the_rulings_too(files):
    whole = files.whole()
    told = vbprules.timeline(whole, files.dossier, "2020-04-01", AS_OF)
    assert told.opening["low@A@2020Q1"] == "due"
    assert vbprules.timeline(files.policy, files.dossier, "2020-04-01", AS_OF).opening["low@A@2020Q1"] != "due"
    assert vbprules.what_next(whole, files.dossier, AS_OF).readings == {"volume": "bought"}
    compared = vbprules.what_if(whole, files.dossier, AS_OF)
    assert compared.before.bundle == compared.after.bundle == sha256(whole)
    explained = vbprules.explain(whole, files.dossier, "low", AS_OF)
    assert explained.answer.standing == "settled"


def test_whatif_with_another_figure_keeps_the_rest_of_the_bundle(files):
    compared = vbprules.what_if(files.whole(), files.dossier, AS_OF, figures={"low.when.completion.below": "70%"})
    assert compared.after.rulings == compared.before.rulings != ()
    assert compared.after.calendar == compared.before.calendar
    assert compared.after.bundle == sha256(files.whole())


def test_together_with_another_document(files):
    whole = files.whole()
    joint = vbprules.evaluate_together([whole, "guizhou_2019"], files.dossier, AS_OF)
    one = {decision.policy: decision for decision in joint.decisions}
    assert one["testland"].receipt.bundle == sha256(whole)
    assert one["testland"].of("low")[0].standing == "settled"
    assert one["guizhou_2019"].receipt.rulings == ()


def test_batches(files):
    pytest.importorskip("polars")
    import polars as pl

    tables = {
        "institutions": pl.DataFrame({"id": ["H"], "kind": ["hospital"]}),
        "targets": pl.DataFrame({"institution": ["H"], "drug": ["A"], "period": ["2020Q1"], "set_volume": ["100000"]}),
    }
    whole = files.whole()
    found = vbprules.evaluate_tables(load(whole, pin=sha256(whole)), tables, AS_OF)
    assert found.receipt["bundle"] == sha256(whole)
    assert "sha256:" + found.receipt["policy_sha256"] == sha256(files.policy)
    assert found.receipt["readings"] == {} and found.receipt["rulings"][0].startswith("volume=bought")
    from vbprules.spread.kernel import kernel_and_facts

    kernel, _ = kernel_and_facts(whole, tables, AS_OF)
    assert kernel.policy == whole.read_bytes()
    assert kernel.rulings is not None and kernel.calendar.local_calendar is not None


def test_where_a_bundle_has_no_place(files, capsys):
    whole = files.whole()
    files.cases.write_text(files.cases.read_text("utf-8").replace(str(files.policy), str(whole)), "utf-8")
    assert main(["test", str(files.cases)]) == 1
    assert "G114" in capsys.readouterr().err
    for command in ("mutate", "coverage"):
        assert main([command, str(whole), "--cases", str(files.cases)]) == 1
        assert "G114" in capsys.readouterr().err
    assert main(["check", "--fix", str(whole)]) == 2
    before = whole.read_bytes()
    assert main(["fmt", str(whole)]) == 1
    assert whole.read_bytes() == before
    assert main(["check", str(whole)]) == 0 == main(["show", str(whole), "low"])


@pytest.mark.parametrize(
    ("command", "after"),
    [
        ("evaluate", ["DOSSIER", "--as-of", AS_OF]),
        ("explain", ["DOSSIER", "low", "--as-of", AS_OF]),
        ("next", ["DOSSIER", "--as-of", AS_OF]),
        ("whatif", ["DOSSIER", "--as-of", AS_OF]),
        ("timeline", ["DOSSIER", "--from", "2020-04-01", "--to", AS_OF]),
    ],
)
def test_the_option_pin(files, capsys, command, after):
    whole = files.whole()
    after = [str(files.dossier) if word == "DOSSIER" else word for word in after]
    assert main([command, str(whole), *after, "--pin", sha256(files.policy)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{whole}: 错误 G122 不是指定的文件：指定 {sha256(files.policy)}，这个是 {sha256(whole)}\n")
    assert main([command, str(whole), *after, "--pin", sha256(whole)]) == 0


def test_the_option_pin_of_batch(files, capsys):
    pytest.importorskip("polars")
    table = files.folder / "institutions.csv"
    table.write_text("id,kind\nH,hospital\n", "utf-8")
    out, whole = files.folder / "out", files.whole()
    run = ["batch", str(whole), str(table), "--as-of", AS_OF, "--out", str(out), "--pin"]
    assert main([*run, sha256(files.policy)]) == 1 and not out.exists()
    assert "G122" in capsys.readouterr().err
    assert main([*run, sha256(whole)]) == 0
    assert json.loads((out / "receipt.json").read_text("utf-8"))["bundle"] == sha256(whole)


def test_the_printed_receipt_names_the_bundle(files, capsys):
    whole = files.whole()
    assert main(["evaluate", str(whole), str(files.dossier), "--as-of", AS_OF, "--markdown"]) == 0
    assert f"政策包 sha256 {sha256(whole)[7:19]}…" in capsys.readouterr().out
    assert main(["evaluate", str(whole), str(files.dossier), "--as-of", AS_OF, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["receipt"]["bundle"] == sha256(whole)


def test_rulings_in_a_bundle_are_checked_when_it_is_used(files):
    """A maker other than this library could have left them unchecked."""
    from vbprules.bundles.archive import packed
    from vbprules.bundles.manifest import Manifest, written

    bundle = vbprules.open_bundle(files.whole())
    bad = bundle.files["rulings.yaml"].replace(b"option: bought", b"option: sold")
    inner = {name: data for name, data in bundle.files.items() if name != "manifest.json"} | {"rulings.yaml": bad}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in inner.items()}
    told = bundle.manifest
    manifest = Manifest(
        told.policy, told.language, told.library, told.edition, told.calendar, told.version, told.cases_passed, digests
    )
    path = files.folder / "bad.zip"
    path.write_bytes(packed({"manifest.json": written(manifest), **inner}))
    with pytest.raises(InputError) as error:
        evaluate(path, files.dossier, AS_OF)
    assert [(f.code, f.place) for f in error.value.findings] == [("R103", f"{path}#rulings.yaml:3:5")]
