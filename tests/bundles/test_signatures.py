"""Signatures by OpenSSH: of the right person, for these bytes, for this use, today; or none."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from vbprules import InputError, open_bundle
from vbprules.bundles.signing import NAMESPACE
from vbprules.cli.main import main

needs_openssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen (OpenSSH) is not here")
WHO = "law@testland.example"


class Desk:
    """Keys of two people, and a file of allowed signers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.signers = folder, folder / "allowed_signers"
        for name in ("right", "wrong"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)

    def allow(self, line: str) -> None:
        public = {name: " ".join((self.folder / f"{name}.pub").read_text().split()[:2]) for name in ("right", "wrong")}
        self.signers.write_text(line.format(**public) + "\n", "utf-8")

    def sign(self, bundle: Path, name: str = "right", namespace: str = NAMESPACE) -> Path:
        signature = bundle.with_name(bundle.name + ".sig")
        signature.unlink(missing_ok=True)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(self.folder / name), str(bundle)]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        return signature


@pytest.fixture
def desk(tmp_path) -> Desk:
    found = Desk(tmp_path)
    found.allow(f'{WHO} namespaces="{NAMESPACE}" {{right}}')
    return found


def refusal(*args, **settings) -> tuple[str, str]:
    with pytest.raises(InputError) as error:
        open_bundle(*args, **settings)
    (found,) = error.value.findings
    return found.code, found.message("en")


@needs_openssh
def test_the_right_signature(files, desk, capsys):
    path = files.whole()
    desk.sign(path)
    assert open_bundle(path, signers=desk.signers, signer=WHO).manifest.policy == "testland"
    verify = ["bundle", "verify", str(path), "--signers", str(desk.signers), "--signer", WHO]
    assert main(verify) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{WHO} 的签名有效"
    assert main([*verify, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["signer_checked"], told["pin_checked"]) == (WHO, False)


@needs_openssh
def test_a_signature_of_other_bytes(files, desk):
    path = files.whole()
    signature = desk.sign(path)
    other = files.bundle("other.zip")
    code, _ = refusal(other, signers=desk.signers, signer=WHO, signature=signature)
    assert code == "G132"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert refusal(path, signers=desk.signers, signer=WHO)[0] == "G132"


@needs_openssh
@pytest.mark.parametrize(
    ("allowed", "by", "namespace", "signer"),
    [
        ("WHO {right}", "wrong", NAMESPACE, WHO),  # a key that nobody allowed
        ("WHO {right}", "right", NAMESPACE, "boss@testland.example"),  # somebody who is not in the list
        ("other@testland.example {right}", "right", NAMESPACE, WHO),  # the key of another
        ('WHO valid-before="20200101" {right}', "right", NAMESPACE, WHO),  # expired
        ('WHO valid-after="20990101" {right}', "right", NAMESPACE, WHO),  # not yet valid
        ("WHO {right}", "right", "file", WHO),  # signed for another use
        ('WHO namespaces="git" {right}', "right", NAMESPACE, WHO),  # allowed for another use
    ],
)
def test_signatures_that_do_not_count(files, desk, allowed, by, namespace, signer):
    path = files.whole()
    desk.allow(allowed.replace("WHO", WHO))
    desk.sign(path, by, namespace)
    code, message = refusal(path, signers=desk.signers, signer=signer)
    assert code == "G132"
    assert f"no valid signature of {signer} for this file" in message


@needs_openssh
def test_an_expired_key_is_told(files, desk):
    path = files.whole()
    desk.allow(f'{WHO} valid-before="20200101" {{right}}')
    desk.sign(path)
    assert "expired" in refusal(path, signers=desk.signers, signer=WHO)[1]


@needs_openssh
def test_files_that_are_no_signature(files, desk):
    path = files.whole()
    signature = path.with_name("law.zip.sig")
    assert refusal(path, signers=desk.signers, signer=WHO) == ("Y030", f'there is no file "{signature}"')
    signature.write_text("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n")
    assert refusal(path, signers=desk.signers, signer=WHO)[0] == "G132"
    signature.write_bytes(b"\xff\xfe\x00")
    assert refusal(path, signers=desk.signers, signer=WHO)[0] == "Y015"
    desk.sign(path)
    desk.signers.write_text("\u0000\n", "utf-8")
    assert refusal(path, signers=desk.signers, signer=WHO)[0] == "G132"


def test_without_openssh_nothing_counts(files, tmp_path, monkeypatch):
    path = files.whole()
    path.with_name("law.zip.sig").write_text("x\n")
    (tmp_path / "signers").write_text("x\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refusal(path, signers=tmp_path / "signers", signer=WHO)[0] == "G131"
