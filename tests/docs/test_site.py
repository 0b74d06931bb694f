"""What the tools of the site write: links between pages, and the reference."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from vbprules.cases import keys
from vbprules.cases.blocks import keys as block_keys
from vbprules.schemas.case import case_schema

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    pytest.importorskip("mkdocs")
    pytest.importorskip("jieba")
    spec = importlib.util.spec_from_file_location("site_pages", ROOT / "tools" / "site_pages.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("page", "link", "on_the_site"),
    [
        ("timeline.md", "[A](what-next.md#x)", "[A](what-next.md#x)"),
        ("timeline.md", "[A](../CONTRIBUTING.md)", "[A](CONTRIBUTING.md)"),
        ("decisions/0001-ranges.md", "[A](../../CONTRIBUTING.md)", "[A](../CONTRIBUTING.md)"),
        ("CONTRIBUTING.md", "[A](docs/timeline.md)", "[A](timeline.md)"),
        ("timeline.md", "[A](../conformance)", "[A](conformance/README.md)"),
        ("timeline.md", "[policies](../policies)", "`policies`"),  # a folder without a page
        ("timeline.md", "[那份档案](../examples/guizhou_city_hospital.yaml)", "那份档案"),
        ("timeline.md", "[A](https://example.org/a.md)", "[A](https://example.org/a.md)"),
        ("timeline.md", "[A](nothing.md)", "[A](nothing.md)"),  # broken: mkdocs tells, a warning is a failure
        ("timeline.md", "[A](../src/nothing.py)", "[A](../src/nothing.py)"),
    ],
)
def test_links_lead_to_the_same_page_on_the_site(hooks: ModuleType, page: str, link: str, on_the_site: str) -> None:
    pages = {"timeline.md", "what-next.md", "CONTRIBUTING.md", "conformance/README.md"}
    files = SimpleNamespace(get_file_from_path=lambda uri: uri if uri in pages else None)
    of = SimpleNamespace(file=SimpleNamespace(src_uri=page))
    assert hooks.on_page_markdown(link, of, None, files) == on_the_site


@pytest.mark.parametrize(
    ("entity", "name", "zh", "unit"),
    [
        ("收货 receipt", "outstanding", "未付金额", "金额 / yuan"),
        ("收货 receipt", "settled_on", "付清日", "日期 / a day"),
        ("药品 product", "is_selected", "属中选药品", "是或否 / yes or no"),
        ("设置任务量 target", "nonselected_converted", "非中选药品折算采购量", "数量 / a quantity"),
    ],
)
def test_a_built_in_quantity_has_its_unit(entity: str, name: str, zh: str, unit: str) -> None:
    text = (REFERENCE / "quantities.md").read_text("utf-8")
    section = text.split(f"## {entity} /", 1)[1].split("\n## ", 1)[0]
    assert f"| `{name}` | `{zh}` | {unit} | " in section


def test_every_key_of_a_case_file_is_told() -> None:
    text = (REFERENCE / "cases.md").read_text("utf-8")
    parts = (keys.TOP, keys.CASE, keys.TABLE, keys.ROW, keys.EXPECTED, block_keys.CHANGE, block_keys.STEP,
             block_keys.STEP_AHEAD, block_keys.WHAT_IF, block_keys.RELATION, block_keys.CLAIM, block_keys.GAP)  # fmt: skip
    tables = [
        {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")} for table in text.split("\n\n")
    ]
    assert [part for part in parts if set(part) not in tables] == []


def test_the_first_day_of_a_change_is_not_that_of_its_timeline() -> None:
    parts = case_schema()["definitions"]
    assert parts["timeline"]["properties"]["from"]["description"].startswith("从这一天日终起")
    assert parts["change"]["properties"]["from"]["description"].startswith("起。")
