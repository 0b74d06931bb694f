"""Bundles that somebody altered or made to harm: each is refused with a finding, quickly, and never otherwise."""

from __future__ import annotations

import io
import json
import time
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbprules import InputError, load, open_bundle
from vbprules.bundles.archive import LARGEST, packed
from vbprules.bundles.reading import read_bundle
from vbprules.diagnostics import CATALOGUE, Report
from vbprules.reading import Limits

TOO_BIG, NOT_UTF8, EMPTY, TWICE = (
    CATALOGUE[name].code for name in ("file_too_big", "not_utf8", "empty_file", "duplicate_key")
)


def codes(data: bytes) -> list[str]:
    """What is found in a bundle; a bundle with findings is none."""
    report = Report()
    began = time.monotonic()
    found = read_bundle(data, "law.zip", report)
    assert time.monotonic() - began < 5
    assert (found is None) == report.has_errors
    assert all(finding.file.startswith("law.zip") for finding in report.findings)
    return [finding.code for finding in report.findings]


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(data: bytes, change) -> bytes:
    """The bundle with its files changed and packed anew, so that every checksum of the archive is right."""
    files = contents(data)
    change(files)
    return packed(files)


def restated(inner: dict[str, bytes], /, **changes: object) -> None:
    told = {**json.loads(inner["manifest.json"]), **changes}
    inner["manifest.json"] = (json.dumps(told, indent=2) + "\n").encode()


@pytest.fixture
def whole(files) -> bytes:
    return files.whole().read_bytes()


def test_a_flipped_bit_in_any_byte_is_refused(whole):
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1 << at % 8
        report = Report()
        assert read_bundle(bytes(changed), "law.zip", report) is None, at
        assert report.has_errors, at


def test_cut_anywhere_or_with_anything_added_it_is_refused(whole):
    for at in (0, 1, 3, 4, 29, 30, 31, 400, len(whole) // 2, len(whole) - 23, len(whole) - 22, len(whole) - 1):
        assert codes(whole[:at]) == ["G102"]
    assert codes(whole + b"\n") == ["G102"] == codes(b"#!/bin/sh\n" + whole)
    assert codes(whole) == []


def test_the_finding_says_where_the_form_is_left(whole):
    report = Report()
    read_bundle(whole + b"x", "law.zip", report)
    assert report.findings[0].message("en") == (
        f"the bundle is damaged or not in its one form: it differs from byte {len(whole) + 1} on (of {len(whole) + 1})"
    )
    assert report.findings[0].place == "law.zip"


def test_a_file_exchanged_with_all_checksums_of_the_archive_right(whole):
    def exchange(files):
        files["policy.yaml"] = files["policy.yaml"].replace(b"80%", b"90%")

    assert codes(rewritten(whole, exchange)) == ["G106"]


def test_a_file_slipped_in_or_taken_out(whole):
    def slip(files):
        files["cases/002.yaml"] = files["cases/001.yaml"]

    assert codes(rewritten(whole, slip)) == ["G103"]
    assert codes(rewritten(whole, lambda files: files.pop("rulings.yaml"))) == ["G105"]
    assert codes(rewritten(whole, lambda files: files.pop("policy.yaml"))) == ["G105"]
    assert codes(rewritten(whole, lambda files: files.pop("manifest.json"))) == ["G105"]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "..\\x", "policy.yaml\x00.txt", "C:x", "cases/../policy.yaml", "cases/1.yaml",
     "Policy.yaml", "policy.yaml/", "", " policy.yaml", "__pycache__/x.pyc", "\u202epolicy.yaml", "рolicy.yaml"],
)  # fmt: skip
def test_names_that_have_no_place(whole, name):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for known, data in contents(whole).items():
            archive.writestr(known, data)
        entry = zipfile.ZipInfo("n")
        entry.filename = name
        archive.writestr(entry, b"x")
    assert codes(target.getvalue()) == ["G103"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice(whole):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents(whole).items():
            archive.writestr(name, data)
        archive.writestr("policy.yaml", b"policy: other\n")
    assert codes(target.getvalue()) == ["G104"]


def in_zip(whole: bytes, **settings: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in contents(whole).items():
            entry = zipfile.ZipInfo(name)
            for key, value in {"create_system": 3, "external_attr": 0o100644 << 16, **settings}.items():
                setattr(entry, key, value)
            archive.writestr(entry, data)
    return target.getvalue()


def test_the_form_is_that_of_the_standard_library(whole):
    assert in_zip(whole) == whole


@pytest.mark.parametrize(
    "settings",
    [
        {"external_attr": 0o120777 << 16},  # a symbolic link
        {"external_attr": 0o100755 << 16},
        {"compress_type": zipfile.ZIP_DEFLATED},
        {"date_time": (2020, 1, 1, 0, 0, 0)},
        {"extra": b"\x99\x99\x01\x00x"},
        {"comment": b"x"},
        {"create_system": 0},
    ],
)
def test_another_way_to_write_the_same_files(whole, settings):
    assert codes(in_zip(whole, **settings)) in (["G102"], ["G103"])


def test_a_comment_of_the_archive_and_other_orders(whole):
    target = io.BytesIO(whole)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"x"
    assert codes(target.getvalue()) == ["G102"]
    files = contents(whole)
    assert codes(packed(dict(reversed(files.items())))) == ["G102"]


def test_bombs_are_not_unpacked(whole):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("policy.yaml", "w") as stream:
        for _ in range(200):
            stream.write(bytes(1_000_000))
    assert codes(target.getvalue())[0] in ("G102", "G103")
    assert codes(b"PK\x03\x04" + bytes(LARGEST)) == ["G101"]
    found = codes(packed({f"{n}": b"" for n in range(60_000)}))
    assert set(found[:200]) == {"G103"} and len(found) == 201  # the last says how many there were


def test_a_large_file_is_not_read_to_its_end(tmp_path):
    path = tmp_path / "law.zip"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(50_000_000_000)
    for opened in (open_bundle, load):
        with pytest.raises(InputError) as error:
            opened(path)
        assert [finding.code for finding in error.value.findings] == [TOO_BIG]


def manifest_codes(whole: bytes, manifest: bytes) -> list[str]:
    return codes(rewritten(whole, lambda files: files.update({"manifest.json": manifest})))


def test_manifests_that_are_none(whole):
    good = contents(whole)["manifest.json"]
    assert manifest_codes(whole, good) == []
    assert manifest_codes(whole, "政策".encode("gb18030")) == [NOT_UTF8]
    assert manifest_codes(whole, b"") == [EMPTY]
    assert manifest_codes(whole, b"[" * 100_000)
    assert manifest_codes(whole, b"x: *a\n")
    assert manifest_codes(whole, b"{}") and manifest_codes(whole, b"[]") and manifest_codes(whole, b"null\n")
    assert manifest_codes(
        whole, good.replace(b'"policy": "testland",', b'"policy": "testland", "policy": "testland",')
    ) == [TWICE]
    assert manifest_codes(whole, good.replace(b'"bundle": 1', b'"bundle": 2')) == ["G108"]
    assert manifest_codes(whole, good.replace(b'"language": 1', b'"language": -1')) == ["G109"]
    assert manifest_codes(whole, good.replace(b'"policy": "testland"', b'"polciy": "testland"')) == ["P101", "P102"]


@pytest.mark.parametrize(
    "change", [(b"\n", b"\r\n"), (b"  ", b"\t"), (b": ", b" : "), (b"testland", b"\\u0074estland"), (b"1,", b"1 ,")]
)
def test_the_same_manifest_written_otherwise(whole, change):
    good = contents(whole)["manifest.json"]
    found = manifest_codes(whole, good.replace(*change))
    assert found and set(found) <= {"G107", "Y006"}


def test_a_manifest_that_lies_about_the_policy(files, whole):
    for changes, what in (({"policy": "other"}, "policy other"), ({"language": 2}, "language 2")):
        files.folder.joinpath("lie.zip").write_bytes(rewritten(whole, lambda inner, c=changes: restated(inner, **c)))
        with pytest.raises(InputError) as error:
            load(files.folder / "lie.zip")
        (found,) = error.value.findings
        assert found.code == "G110" and f"states {what};" in found.message("en")


def test_another_library_or_calendar_than_it_was_tested_with(files, whole):
    bundle = open_bundle(files.whole())
    days = {"edition": bundle.manifest.edition, "sha256": "0" * 64}
    for changes, code in (({"vbprules": "0.0.1"}, "G111"), ({"calendar": days}, "G112")):
        path = files.folder / "other.zip"
        path.write_bytes(rewritten(whole, lambda inner, c=changes: restated(inner, **c)))
        assert open_bundle(path).manifest.policy == "testland"  # it can be looked at
        with pytest.raises(InputError) as error:
            load(path)
        assert [finding.code for finding in error.value.findings] == [code]


def test_an_altered_calendar_of_the_installation_is_noticed(files, monkeypatch):
    from dataclasses import replace

    from vbprules.calendar import china, identity

    path = files.whole()
    edition, versions = china._data()
    one = replace(versions[0], work=versions[0].work[1:])
    monkeypatch.setattr(china, "_data", lambda: (edition, (one, *versions[1:])))
    identity.calendar_identity.cache_clear()
    from vbprules.catalog import check

    report = Report()
    try:
        assert check(path.read_bytes(), str(path), report) is None
    finally:
        identity.calendar_identity.cache_clear()
    assert [finding.code for finding in report.findings] == ["G112"]


def test_what_is_wrong_with_the_policy_is_said_within_the_bundle(files, whole):
    def spoil(inner):
        inner["policy.yaml"] = inner["policy.yaml"].replace(b"below: 80%", b"below: 0.8")
        told = json.loads(inner["manifest.json"])
        restated(inner, files={**told["files"], "policy.yaml": sha256(inner["policy.yaml"]).hexdigest()})

    path = files.folder / "spoilt.zip"
    path.write_bytes(rewritten(whole, spoil))
    with pytest.raises(InputError) as error:
        load(path)
    line = 1 + files.policy.read_text("utf-8").split("below: 80%")[0].count("\n")
    assert error.value.findings[0].place.startswith(f"{path}#policy.yaml:{line}:")


@given(st.binary(max_size=400))
def test_law_any_bytes_are_answered(data):
    assert codes(b"PK\x03\x04" + data)
    assert codes(data)


@given(st.dictionaries(st.sampled_from(["manifest.json", "policy.yaml", "rulings.yaml"]), st.binary(max_size=200)))
def test_law_any_contents_are_answered(inner):
    assert codes(packed(inner))


def test_limits_of_the_reader_hold_for_the_files_of_a_bundle():
    assert Limits().bytes < LARGEST
