"""The text of a document: held against a policy, and a skeleton drafted from it."""

from __future__ import annotations

from fuzz.files import written
from fuzz.oracle import checked
from fuzz.samples import POLICY, program
from vbprules.checking import report_figures
from vbprules.diagnostics import Report, Source
from vbprules.drafting.draft import draft_of
from vbprules.drafting.skeleton import skeleton
from vbprules.reading import read_text


def one(data: bytes) -> None:
    report = Report()
    source = read_text(written(data, "stranger.txt"), report)
    checked(report.sorted_findings())
    if source is None:
        return
    own = Report()
    report_figures(program(), Source("sample_2020.yaml", POLICY.read_text(encoding="utf-8")), own, source)
    checked(own.sorted_findings())
    skeleton(draft_of(source.text), "stranger_2020", "", "").encode("utf-8", "surrogatepass")
