"""Whatever a user or a machine does wrong ends in words and an exit code, never in a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from vbprules.cli.main import main

AS_OF = ("--as-of", "2020-04-15")


def failed(capsys: pytest.CaptureFixture[str], *args: str | Path, code: int = 1) -> str:
    assert main([str(arg) for arg in args]) == code
    out, err = capsys.readouterr()
    assert out == "" and err and "Traceback" not in err
    return err


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["evaluat"],
        ["evaluate"],
        ["evaluate", "p", "d"],
        ["evaluate", "p", "d", *AS_OF, "--what"],
        ["evaluate", "p", "d", *AS_OF, "--json", "--markdown"],
        ["evaluate", "p", "d", *AS_OF, "--lang", "fr"],
        ["evaluate", "p", "d", *AS_OF, "--reading", "volume"],
        ["evaluate", "p", "d", *AS_OF, "--reading", "=x"],
        ["evaluate", "p", "d", *AS_OF, "--reading", "volume=a=b"],
        ["evaluate", "p", "d", *AS_OF, "--reading", "volume=a", "--reading", "volume=b"],
        ["evaluate", "p", "d", *AS_OF, "--quiet"],
        ["check"],
        ["show"],
    ],
    ids=" ".join,
)
def test_usage(capsys, args):
    err = failed(capsys, *args, code=2)
    assert "用法错误" in err and "usage error" in err


@pytest.mark.parametrize(
    "args", [["--help"], *([name, "--help"] for name in ("evaluate", "list", "show", "check", "test"))]
)
def test_help_in_both_languages(capsys, args):
    assert main(args) == 0
    out = capsys.readouterr().out
    assert "显示帮助" in out and "show this help" in out
    assert "退出码" in out and "exit codes" in out


def test_version(capsys):
    from vbprules import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == f"vbprules {__version__}"


def test_unknown_policy(capsys, dossier):
    assert "D100" in failed(capsys, "evaluate", "nowhere_1999", dossier, *AS_OF)
    assert "D100" in failed(capsys, "show", "nowhere_1999")


def test_missing_dossier_and_directory(capsys, policy, tmp_path):
    assert "Y030" in failed(capsys, "evaluate", policy, tmp_path / "无此文件.yaml", *AS_OF)
    assert "Y032" in failed(capsys, "evaluate", policy, tmp_path, *AS_OF)


def test_every_mistake_at_its_place(capsys, policy, tmp_path):
    path = tmp_path / "错.yaml"
    path.write_text(
        "institution: {name: 坏, kind: hospitol}\ndrugz: none\n"
        "receipts:\n  - {id: R1, amount: -5, accepted_on: 2020-02-30}\n",
        "utf-8",
    )
    err = failed(capsys, "evaluate", policy, path, "--as-of", "2020-13-01", "--reading", "volum=bought")
    for place in (f"{path}:1:", f"{path}:2:1:", f"{path}:4:22:", f"{path}:4:39:", "--as-of:", "--reading:"):
        assert place in err
    assert "hospital" in err and "volume" in err  # did you mean
    assert "共 6 处" in err


def test_mistakes_of_policy_and_dossier_together_in_english(capsys, tmp_path):
    policy, dossier = tmp_path / "p.yaml", tmp_path / "d.yaml"
    policy.write_text("language: 1\npolicy: p\n", "utf-8")
    dossier.write_text("drugz: none\n", "utf-8")
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, "--lang", "en")
    assert f"{policy}:" in err and f"{dossier}:1:1: error" in err and "findings" in err


def test_unknown_option_of_a_reading(capsys, policy, dossier):
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, "--reading", "volume=sold")
    assert "R103" in err and "bought" in err


def test_bad_rulings(capsys, policy, dossier, tmp_path):
    rulings = tmp_path / "r.yaml"
    rulings.write_text("readings: [{reading: volume, option: sold, by: x, day: 2020-01-01, source: y}]\n", "utf-8")
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, "--rulings", rulings)
    assert f"{rulings}:1:" in err and "R103" in err
    assert "Y030" in failed(capsys, "evaluate", policy, dossier, *AS_OF, "--rulings", tmp_path / "none.yaml")


def test_facts_after_the_day(capsys, policy, dossier):
    err = failed(capsys, "evaluate", policy, dossier, "--as-of", "2020-03-01")
    assert "D107" in err and str(dossier) in err


def test_dossier_that_names_another_policy_is_warned_about(capsys, policy, dossier):
    dossier.write_text("policy: elsewhere_2019\n" + dossier.read_text("utf-8"), "utf-8")
    assert main(["evaluate", str(policy), str(dossier), *AS_OF]) == 0
    out, err = capsys.readouterr()
    assert "elsewhere_2019" in err and f"{dossier}:1:9" in err and "违反与制裁" in out


def test_hints_go_beside_the_output(capsys, policy, dossier):
    dossier.write_text(dossier.read_text("utf-8").replace("conducts: none", "conducts: []"), "utf-8")
    assert main(["evaluate", str(policy), str(dossier), *AS_OF, "--json"]) == 0
    out, err = capsys.readouterr()
    assert "D108" in err and out.startswith("{")


def test_engines_that_disagree_give_no_decision(capsys, policy, dossier, monkeypatch):
    from vbprules import EngineDisagreement

    def disagree(*args: object) -> str:
        raise EngineDisagreement("pay/over R1: durable_rules surely=True, interpreter 0..1")

    monkeypatch.setattr("vbprules.evaluation.second_opinion", disagree)
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, code=3)
    assert "pay/over R1" in err and "不一致" in err
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, "--json", "--lang", "en", code=3)
    assert "disagree" in err


def test_interrupted(capsys, policy, dossier, monkeypatch):
    def interrupt(*args: object, **kwargs: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("vbprules.cli.evaluate.evaluate", interrupt)
    assert "中断" in failed(capsys, "evaluate", policy, dossier, *AS_OF, code=130)


def test_control_characters_of_a_dossier_reach_no_terminal(capsys, policy, dossier):
    text = dossier.read_text("utf-8").replace("name: 测试医院", 'name: "医院\\u202e\\e[31m"')
    dossier.write_text(text, "utf-8")
    main(["evaluate", str(policy), str(dossier), *AS_OF])
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err and "\u202e" not in out + err


posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX devices and signals")


@posix
@pytest.mark.parametrize(
    "command",
    [["list"], ["show", "POLICY"], ["check", "POLICY"], ["evaluate", "POLICY", "DOSSIER", *AS_OF], ["--help"]],
)
def test_full_disk(policy, dossier, command):
    args = [str(policy) if arg == "POLICY" else str(dossier) if arg == "DOSSIER" else arg for arg in command]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "vbprules.cli", *args], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr and b"cannot read or write" in done.stderr
    assert b"Exception ignored" not in done.stderr


@posix
@pytest.mark.parametrize("form", [[], ["--json"], ["--all"]])
def test_reader_that_has_had_enough(policy, dossier, form):
    command = [sys.executable, "-m", "vbprules.cli", "evaluate", str(policy), str(dossier), *AS_OF, *form]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0 and err == b""


@posix
def test_closed_output(policy, dossier):
    command = f"exec {sys.executable} -m vbprules.cli evaluate {policy} {dossier} --as-of 2020-04-15 >&-"
    done = subprocess.run(["/bin/sh", "-c", command], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr and "已关闭".encode() in done.stderr


@posix
def test_interrupt_signal(tmp_path):
    """A real signal while cases run: code 130, one line, no traceback."""
    command = [sys.executable, "-m", "vbprules.cli", "test", str(Path(__file__).parents[1] / "cases")]
    # A shell in the background has its children ignore the signal, and they would hand that on.
    listening = partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    for seconds in (3, 12):  # on a busy machine Python may not listen yet, and is ended by the signal itself
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=listening)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        if process.returncode != -signal.SIGINT:
            break
    assert process.returncode == 130 and b"Traceback" not in err


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(capsys, policy, dossier):
    dossier.chmod(0)
    failed(capsys, "evaluate", policy, dossier, *AS_OF)
    policy.chmod(0)
    failed(capsys, "check", policy)


def test_output_that_cannot_be_written(capsys, policy, dossier, tmp_path):
    err = failed(capsys, "evaluate", policy, dossier, *AS_OF, "--output", tmp_path / "no" / "such" / "folder.txt")
    assert "folder.txt" in err


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_terminals_that_are_not_utf8(run, policy, dossier, encoding):
    done = run("evaluate", policy, dossier, *AS_OF, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == 0 and done.stderr == b""
    text = done.stdout.decode(encoding)
    assert ("违反" if encoding == "gbk" else "\\u8fdd\\u53cd") in text


def test_messages_on_terminals_that_are_not_utf8(run, policy):
    done = run("evaluate", policy, "无.yaml", *AS_OF, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 1 and b"Traceback" not in done.stderr and b"Y030" in done.stderr


@posix
def test_file_names_that_are_not_utf8(run, policy, tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.yaml"
    done = subprocess.run(
        [sys.executable, "-m", "vbprules.cli", "evaluate", str(policy), name, *AS_OF], capture_output=True, check=False
    )
    assert done.returncode == 1 and b"Traceback" not in done.stderr and b"Y030" in done.stderr
