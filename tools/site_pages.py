"""Pages of the repository that lie outside docs/ become pages of the site, under the same names.

Hooks of mkdocs. On the site ``../CONTRIBUTING.md`` and ``docs/timeline.md`` lead to where those pages stand there;
what is no page (a folder, a policy) is named without a link. In the repository all links work as they are.
"""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path
from typing import Any

import jieba
from mkdocs.structure.files import File, Files

from vbprules.catalog import load
from vbprules.diagnostics import Report
from vbprules.formatting import formatted

ROOT = Path(__file__).parents[1]
POLICIES = sorted((ROOT / "policies").glob("*.yaml"))
OUTSIDE = (
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "benchmarks/README.md",
    "conformance/README.md",
)
_LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")


def on_startup(**_: Any) -> None:
    jieba.setLogLevel(logging.WARNING)


def on_config(config: Any) -> Any:
    """The shipped policies have pages of their own, each wholly in Chinese words."""
    pages = [{policy_title(path): f"policies/{path.stem}.md"} for path in POLICIES]
    config.nav = [*config.nav[:-1], {"政策 Policies": pages}, config.nav[-1]]
    return config


def on_files(files: Files, config: Any) -> Files:
    for name in OUTSIDE:
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    for path in POLICIES:
        files.append(File.generated(config, f"policies/{path.stem}.md", content=policy_page(path)))
    return files


def policy_title(path: Path) -> str:
    document = load(path).policy.document
    return document.title.zh if document.number == "not_stated" else document.number


def policy_page(path: Path) -> str:
    """A policy in Chinese words, as ``vbprules fmt --surface zh`` gives it, without the line for the editor."""
    found = formatted(path.read_bytes(), path.name, Report(), "zh")
    assert found is not None
    policy = load(path).policy
    lines = [line for line in found.after.decode().splitlines() if not line.startswith("# yaml-language-server")]
    return "\n".join(
        (
            f"# {policy.document.title.zh}",
            "",
            f"{policy.document.title.text('en')}  ",
            f"`{policy.id}` · {policy_title(path)} · {policy.document.region}",
            "",
            "政策文件用英文的词写成；这里是同一份，换成[中文的词](../formatting.md)。查条款：`vbprules show`。  ",
            "The file is written in English words; this is the same policy in Chinese ones.",
            "",
            "```yaml",
            *lines,
            "```",
            "",
        )
    )


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    here = page.file.src_uri
    in_repository = here if here in OUTSIDE else f"docs/{here}"

    def link(found: re.Match[str]) -> str:
        text, target, anchor = found[1], found[2], found[3] or ""
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(in_repository), target))
        if (ROOT / wanted).is_dir() and (ROOT / wanted / "README.md").is_file():
            wanted = f"{wanted}/README.md"
        if not (ROOT / wanted).exists():
            return found[0]  # a broken link, of which mkdocs tells
        uri = wanted.removeprefix("docs/")
        if files.get_file_from_path(uri) is None or not uri.endswith(".md"):
            return text if "`" in text else f"`{text}`" if re.fullmatch(r"[A-Za-z0-9_./-]+", text) else text
        return f"[{text}]({posixpath.relpath(uri, posixpath.dirname(here) or '.')}{anchor})"

    return _LINK.sub(link, markdown)
