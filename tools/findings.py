"""Write the pages on findings: texts from the catalogue, reasons and examples from docs/findings/explained.yaml.

python tools/findings.py            writes docs/findings/*.md
python tools/findings.py --check    fails where a page there is stale
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vbprules.diagnostics import CATALOGUE, Entry, Report
from vbprules.diagnostics.pages import PAGES, page_of
from vbprules.mending.edits import mended_codes
from vbprules.reading import Mapping, Scalar, read_file

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "findings"
TITLES = {
    "Y": ("文件的写法", "How files are written"),
    "P": ("政策的结构", "The structure of a policy"),
    "E": ("条件和数值", "Conditions and values"),
    "F": ("与原文不符", "Against the text"),
    "L": ("条件放在一起", "Conditions together"),
    "M": ("比较政策", "Comparing policies"),
    "D": ("档案", "Dossiers"),
    "R": ("裁断", "Rulings"),
    "C": ("案例", "Cases"),
    "K": ("日历", "Calendars"),
    "W": ("写法和排版", "Surface and form"),
    "N": ("起草中的政策", "Policies that are being begun"),
    "B": ("许多机构的表", "Tables of many institutions"),
    "G": ("政策包和校验值", "Bundles and pins"),
}
NOTE = "<!-- 由 tools/findings.py 写出，勿手改 written by tools/findings.py -->\n"


@dataclass(frozen=True)
class Explained:
    """Why a finding is one, in both languages; and an example: ``wrong`` in place of ``right``, or a figure taken."""

    zh: str
    en: str
    right: str | None = None
    wrong: str = ""
    figure: str = ""

    @property
    def written(self) -> str:
        """``wrong`` with the characters that ⟨U+…⟩ stands for."""
        return re.sub("⟨U\\+([0-9A-F]{4})⟩", lambda match: chr(int(match[1], 16)), self.wrong)


def explained() -> dict[str, Explained]:
    report = Report()
    root = read_file(FOLDER / "explained.yaml", report)
    report.raise_if_errors("en")
    assert isinstance(root, Mapping)
    found = {}
    for key, node in root.entries:
        assert isinstance(node, Mapping), key.text
        texts = {name.text: value.text for name, value in node.entries if isinstance(value, Scalar)}
        found[key.text] = Explained(**texts)
    return found


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with its text: the index, then one for each letter."""
    told = explained()
    unknown = set(told) - set(CATALOGUE)
    assert not unknown, unknown
    homeless = {entry.code for entry in CATALOGUE.values() if entry.code[0] not in PAGES.keys() & TITLES}
    assert not homeless, f"no page in PAGES and TITLES for {homeless}"
    entries = sorted(CATALOGUE.items(), key=lambda item: item[1].code)
    index = ["# 检查时的各种问题 / Findings", "", NOTE]
    index += [
        "例子都在 [sample.yaml](sample.yaml) 上改一处而成，原文见 [sample.txt](sample.txt)；逐个有测试。",
        "The examples change one thing of sample.yaml, whose text is sample.txt; each is tested.",
    ]
    for letter, (zh, en) in TITLES.items():
        name = PAGES[letter]
        mine = [(key, entry) for key, entry in entries if entry.code.startswith(letter)]
        index += ["", f"## [{zh} / {en}]({name}.md)", "", "| 编号 code | 问题 finding |", "|---|---|"]
        index += [
            f"| [{e.code}]({name}.md#{page_of(e.code)[1]}) | {_cell(e.template(e.zh))} / {_cell(e.template(e.en))} |"
            for _, e in mine
        ]
        parts = [
            f"# {zh} / {en}",
            "",
            NOTE,
            *(line for key, entry in mine for line in _section(key, entry, told.get(key))),
        ]
        yield FOLDER / f"{name}.md", "\n".join(parts).rstrip() + "\n"
    yield FOLDER / "README.md", "\n".join(index) + "\n"


def _section(key: str, entry: Entry, why: Explained | None) -> Iterator[str]:
    yield from (
        f"## {entry.code} {key}",
        "",
        f"**{_plain(entry.template(entry.zh))}**  ",
        _plain(entry.template(entry.en)),
        "",
    )
    if why is not None:
        yield from (f"为什么：{why.zh}  ", f"Why: {why.en}", "")
    yield from (
        f"怎样改：{_plain(entry.template(entry.hint_zh))}  ",
        f"Mend: {_plain(entry.template(entry.hint_en))}",
        "",
    )
    if entry.code in mended_codes():
        yield from (
            "只可能是一种意思的，`check --fix` 会改正。",
            "Where only one thing can be meant, `--fix` mends it.",
            "",
        )
    if why is not None and why.right is not None:
        yield from (
            "例，错的 wrong：",
            "",
            *_block(why.wrong or "# （没有这一项 without it）"),
            "",
            "对的 right：",
            "",
            *_block(why.right),
            "",
        )
    if why is not None and why.figure:
        yield from ("例 example：", "", f"    vbprules whatif … --figure '{why.figure}'", "")


def _block(text: str) -> list[str]:
    return ["```text", *text.strip("\n").split("\n"), "```"]


def _cell(text: str) -> str:
    return _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """Text in which Markdown shows what stands there."""
    return text.replace("<", "&lt;").replace("*", "\\*")


def main() -> int:
    stale = []
    for path, text in pages():
        if "--check" in sys.argv:
            if not path.is_file() or path.read_text("utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, "utf-8", newline="\n")
    if stale:
        print("stale, run python tools/findings.py:", ", ".join(stale))
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
