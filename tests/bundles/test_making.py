"""Making bundles: one form, the same bytes everywhere, and nothing in them that does not hold."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules import InputError, __version__, make_bundle, open_bundle
from vbprules.bundles.archive import first_difference, packed, seeming

ROOT = Path(__file__).parents[2]


def code_of(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_what_is_in_it_in_which_order_and_how(files):
    data = files.whole().read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == [
            "manifest.json",
            "policy.yaml",
            "rulings.yaml",
            "calendar.yaml",
            "cases/001.yaml",
        ]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
        assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
        assert archive.read("policy.yaml") == files.policy.read_bytes()
        assert archive.read("rulings.yaml") == files.rulings.read_bytes()
        assert archive.read("calendar.yaml") == files.local.read_bytes()
        assert archive.read("cases/001.yaml") == files.cases.read_bytes()
        told = json.loads(archive.read("manifest.json"))
    assert list(told) == ["bundle", "policy", "language", "vbprules", "calendar", "cases_passed", "files"]
    assert (told["bundle"], told["policy"], told["language"], told["vbprules"]) == (1, "testland", 1, __version__)
    assert told["cases_passed"] == 1
    assert told["files"] == {
        "policy.yaml": hashlib.sha256(files.policy.read_bytes()).hexdigest(),
        "rulings.yaml": hashlib.sha256(files.rulings.read_bytes()).hexdigest(),
        "calendar.yaml": hashlib.sha256(files.local.read_bytes()).hexdigest(),
        "cases/001.yaml": hashlib.sha256(files.cases.read_bytes()).hexdigest(),
    }


def test_the_same_bytes_in_another_process_hash_seed_locale_and_time_zone(files):
    script = (
        "import sys; from vbprules import make_bundle; p, r, c, k = sys.argv[1:];"
        "sys.stdout.buffer.write(make_bundle(p, rulings=r, calendar=c, cases=[k]))"
    )
    parts = [str(path) for path in (files.policy, files.rulings, files.local, files.cases)]
    made = set()
    for seed, zone, locale in (("1", "Asia/Shanghai", "C.UTF-8"), ("77", "America/Lima", "C")):
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run([sys.executable, "-c", script, *parts], env=env, capture_output=True, check=True)
        made.add(done.stdout)
    assert made == {files.whole().read_bytes()}


def test_the_digest_is_that_of_the_file(files):
    path = files.whole()
    bundle = open_bundle(path)
    assert bundle.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert bundle.policy == files.policy.read_bytes()


def test_a_pinned_version_of_the_working_days(files):
    assert open_bundle(files.bundle(calendar="original")).manifest.version == "original"
    assert open_bundle(files.bundle("two.zip")).manifest.version == ""
    with pytest.raises(InputError) as error:
        make_bundle(files.policy, calendar="orignal")
    assert code_of(error) == ["K101"]


def test_a_case_that_does_not_hold(files):
    files.cases.write_text(files.cases.read_text("utf-8").replace("volume=used: no", "volume=used: yes"), "utf-8")
    with pytest.raises(InputError) as error:
        files.whole()
    assert code_of(error) == ["G115"]
    assert "采购79000使用85000" in error.value.findings[0].message()


def test_what_is_wrong_with_the_parts_is_said_where_it_is(files):
    files.rulings.write_text(
        "policy: testland\nreadings: [{reading: volume, option: sold, by: a, day: 2020-01-01, source: b}]\n", "utf-8"
    )
    with pytest.raises(InputError) as error:
        files.bundle(rulings=files.rulings)
    assert [(f.code, f.place) for f in error.value.findings] == [("R103", f"{files.rulings}:2:12")]
    with pytest.raises(InputError) as error:
        files.bundle(rulings=files.folder / "none.yaml")
    assert code_of(error) == ["Y030"]
    with pytest.raises(InputError) as error:
        files.bundle(cases=[files.dossier])
    assert error.value.findings


def test_a_bundle_of_a_bundle(files):
    with pytest.raises(InputError) as error:
        make_bundle(files.bundle())
    assert code_of(error) == ["G114"]


names = st.sampled_from(["manifest.json", "policy.yaml", "rulings.yaml", "cases/001.yaml", "x"])


@given(st.dictionaries(names, st.binary(max_size=300)))
def test_law_what_is_packed_is_read_by_any_zip_program(contents):
    data = packed(contents)
    assert seeming(data) == list(contents.items())
    if contents:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == contents


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_law_where_two_texts_first_differ(same, one, two):
    at = first_difference(same + one, same + two)
    expected = [n for n, (a, b) in enumerate(zip(same + one, same + two, strict=False)) if a != b]
    shorter = min(len(same + one), len(same + two))
    assert at == (None if same + one == same + two else (expected or [shorter])[0])
