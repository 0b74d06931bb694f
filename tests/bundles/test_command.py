"""The command ``bundle`` as people use it."""

from __future__ import annotations

import hashlib
import json

import pytest

from vbprules import __version__
from vbprules.cli.main import main


def test_make_show_verify(files, capsys):
    path = files.folder / "law.zip"
    made = ["bundle", "make", str(path), "--policy", str(files.policy), "--rulings", str(files.rulings), "--lang", "en"]
    assert main(made) == 0
    out = capsys.readouterr().out.splitlines()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert out[0] == f"sha256:{digest}  {path}"
    assert out[1] == f"policy testland, language 1; compiled with vbprules {__version__}"
    assert out[3:] == [
        f"  {hashlib.sha256(files.policy.read_bytes()).hexdigest()}  policy.yaml",
        f"  {hashlib.sha256(files.rulings.read_bytes()).hexdigest()}  rulings.yaml",
    ]
    assert main(["bundle", "show", str(path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == out
    assert main(["bundle", "verify", str(path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[len(out) :] == [
        "whole, and can be used here",
        "no pin was given (--pin)",
        "no signature was checked (--signers)",
    ]
    assert main(["bundle", "verify", str(path), "--pin", f"sha256:{digest}"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["是指定的文件", "没有核对签名（--signers）"]
    assert main(["bundle", "verify", str(path), "--pin", "sha256:" + "0" * 64]) == 1
    assert "G122" in capsys.readouterr().err


def test_show_as_json(files, capsys):
    path = files.whole()
    assert main(["bundle", "show", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["bundle"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["policy"], told["language"], told["cases_passed"]) == ("testland", 1, 1)
    assert list(told["files"]) == ["policy.yaml", "rulings.yaml", "calendar.yaml", "cases/001.yaml"]


def test_an_existing_file_is_not_overwritten(files, capsys):
    before = files.policy.read_bytes()
    assert main(["bundle", "make", str(files.policy), "--policy", "guizhou_2019"]) == 1
    assert "N104" in capsys.readouterr().err and files.policy.read_bytes() == before


def test_nothing_is_written_of_a_policy_with_errors(files, capsys):
    files.policy.write_text(files.policy.read_text("utf-8").replace("below: 80%", "below: 0.8"), "utf-8")
    path = files.folder / "law.zip"
    assert main(["bundle", "make", str(path), "--policy", str(files.policy)]) == 1
    assert not path.exists() and str(files.policy) in capsys.readouterr().err


@pytest.mark.parametrize(
    "args",
    [
        ["make", "x.zip"],
        ["show", "x.zip", "--policy", "guizhou_2019"],
        ["show", "x.zip", "--pin", "sha256:" + "0" * 64],
        ["make", "x.zip", "--policy", "guizhou_2019", "--signers", "f", "--signer", "w"],
        ["verify", "x.zip", "--signers", "f"],
        ["verify", "x.zip", "--signer", "w"],
        ["verify", "x.zip", "--cases", "f"],
        ["unpack", "x.zip"],
        ["verify"],
    ],
)
def test_usage(capsys, args):
    assert main(["bundle", *args]) == 2
    err = capsys.readouterr().err
    assert "用法错误" in err and "usage error" in err


@pytest.mark.parametrize("action", ["show", "verify"])
def test_files_that_are_no_bundle(files, capsys, action):
    for path, code in ((files.policy, "G102"), (files.folder / "none.zip", "Y030"), (files.folder, "Y032")):
        assert main(["bundle", action, str(path)]) == 1
        assert code in capsys.readouterr().err
    assert main(["bundle", action, "guizhou_2019"]) == 1  # a shipped policy is no file here
    assert "Y030" in capsys.readouterr().err
