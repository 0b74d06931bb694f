"""``vbprules bundle``: make a bundle, show what is in it, verify it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vbprules.bundles.reading import Bundle
from vbprules.bundling import check_usable, make_bundle, open_bundle
from vbprules.cli.output import Console
from vbprules.cli.parser import Namespace
from vbprules.diagnostics import Report, render
from vbprules.diagnostics.place import shown


def run(args: Namespace, console: Console) -> int:
    """Do one of the three. Raises InputError with everything that is wrong with the bundle or what goes into it."""
    refused = _refusal(args)
    if refused:
        console.tell(f"用法错误：{refused[0]}\nusage error: {refused[1]}")
        return 2
    if args.action == "make":
        _make(args)
    bundle = open_bundle(args.file, pin=args.pin, signers=args.signers, signer=args.signer, signature=args.signature)
    if args.action == "verify":
        report = Report()
        check_usable(bundle, report)
        report.raise_if_errors()
        console.tell(render(report.sorted_findings(), args.lang, console.error_color))
    if args.json:
        console.write_utf8(json.dumps(_data(bundle, args), ensure_ascii=False, indent=2) + "\n")
    else:
        console.write("\n".join(_lines(bundle, args)) + "\n")
    return 0


def _refusal(args: Namespace) -> tuple[str, str] | None:
    """What makes the arguments contradict each other, in both languages."""
    made = bool(args.policy or args.rulings or args.calendar or args.cases)
    signed = bool(args.signers or args.signer or args.signature)
    if args.action == "make" and not args.policy:
        return "make 要写 --policy", "make needs --policy"
    if args.action != "make" and made:
        return "--policy、--rulings、--calendar、--cases 只用于 make", "--policy, --rulings … are for make only"
    if args.action != "verify" and (signed or args.pin):
        return "--pin、--signers、--signer、--signature 只用于 verify", "--pin, --signers … are for verify only"
    if signed and not (args.signers and args.signer):
        return "核对签名要同时写 --signers 和 --signer", "a signature is checked with both --signers and --signer"
    return None


def _make(args: Namespace) -> None:
    report = Report()
    if args.file.exists():
        report.error("file_exists", None, path=str(args.file))
    report.raise_if_errors()
    made = make_bundle(args.policy, rulings=args.rulings, calendar=args.calendar, cases=args.cases)
    with Path(args.file).open("xb") as stream:
        stream.write(made)


def _data(bundle: Bundle, args: Namespace) -> dict[str, Any]:
    told = bundle.manifest
    days = {"edition": told.edition, "sha256": told.calendar, "version": told.version or None}
    found: dict[str, Any] = {
        "bundle": f"sha256:{bundle.digest}",
        "policy": told.policy,
        "language": told.language,
        "vbprules": told.library,
        "calendar": days,
        "cases_passed": told.cases_passed,
        "files": dict(told.files),
    }
    if args.action == "verify":
        found |= {"pin_checked": args.pin is not None, "signer_checked": args.signer or None}
    return found


def _lines(bundle: Bundle, args: Namespace) -> list[str]:
    zh, told = args.lang == "zh", bundle.manifest
    days = f"{told.edition} sha256 {told.calendar[:12]}…" + (f" ({told.version})" if told.version else "")
    lines = [f"sha256:{bundle.digest}  {shown(bundle.name)}"]
    if zh:
        lines.append(f"政策 {told.policy}，语言第 {told.language} 版；由 vbprules {told.library} 编译")
        lines.append(f"工作日安排 {days}；相符的案例 {told.cases_passed} 个")
    else:
        lines.append(f"policy {told.policy}, language {told.language}; compiled with vbprules {told.library}")
        lines.append(f"working days {days}; cases that hold: {told.cases_passed}")
    lines += [f"  {digest}  {name}" for name, digest in told.files.items()]
    if args.action == "verify":
        lines += _checked(args, zh)
    return lines


def _checked(args: Namespace, zh: bool) -> list[str]:
    whole = "完整，可以在这里使用" if zh else "whole, and can be used here"
    if args.pin is None:
        pinned = "没有核对校验值（--pin）" if zh else "no pin was given (--pin)"
    else:
        pinned = "是指定的文件" if zh else "it is the file that was pinned"
    if not args.signers:
        signed = "没有核对签名（--signers）" if zh else "no signature was checked (--signers)"
    else:
        signed = f"{shown(args.signer)} 的签名有效" if zh else f"the signature of {shown(args.signer)} is valid"
    return [whole, pinned, signed]
