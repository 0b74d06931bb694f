"""The arguments of ``vbprules bundle``."""

from __future__ import annotations

import argparse
from pathlib import Path

from vbprules.cli.arguments import both, common, pin


def bundle_arguments(found: argparse.ArgumentParser) -> None:
    text = both("make 制作，show 查看，verify 核对", "make it, show what is in it, or verify it")
    found.add_argument("action", choices=("make", "show", "verify"), help=text)
    text = both("政策包（make：写成这个新文件）", "the bundle (make: this new file)")
    found.add_argument("file", type=Path, metavar="FILE", help=text)
    text = both("make：政策名或政策文件", "make: a policy, by name or file")
    found.add_argument("--policy", metavar="POLICY", default="", help=text)
    text = both("make：主管部门已定的解读和认定", "make: readings and determinations that an agency has adopted")
    found.add_argument("--rulings", type=Path, metavar="FILE", help=text)
    text = both(
        "make：工作日安排的版本，或地方日历文件", "make: a version of the working days, or a file of local days"
    )
    found.add_argument("--calendar", metavar="VERSION|FILE", help=text)
    text = both("make：案例文件或文件夹，全部相符才制作", "make: case files or folders, all of which must hold")
    found.add_argument("--cases", nargs="+", default=[], metavar="FILE|DIR", help=text)
    pin(found)
    text = both(
        "verify：可以签名的人（OpenSSH 的 allowed_signers 文件）",
        "verify: who may sign, OpenSSH's file of allowed signers",
    )
    found.add_argument("--signers", type=Path, metavar="FILE", help=text)
    text = both("verify：应当是谁签的名", "verify: the identity that must have signed")
    found.add_argument("--signer", metavar="WHO", default="", help=text)
    text = both("verify：签名文件，默认 FILE.sig", "verify: the signature, FILE.sig by default")
    found.add_argument("--signature", type=Path, metavar="FILE", help=text)
    common(found)
