"""Texts of the findings about comparing policies (M1…)."""

from __future__ import annotations

from vbprules.diagnostics.entry import Entry

COMPARING: dict[str, Entry] = {
    "nothing_about": Entry(
        "M101",
        "这些政策里没有规定与“$asked”有关：$policies",
        'no norm of these policies is about "$asked": $policies',
        "[[是不是“$suggestion”？]]可以写事项的标识或名称、措施的用词（如 暂停结算、预付），或只用其中的两个字。",
        '[[Did you mean "$suggestion"? ]]Ask for a matter by id or label, or for words of a measure (prepayment).',
    ),
    "no_spreadsheets": Entry(
        "M102",
        "写 Excel 文件要另装 xlsxwriter",
        "writing an Excel file needs xlsxwriter",
        "pip install 'vbprules[xlsx]'，或改用 --html、--markdown。",
        "pip install 'vbprules[xlsx]', or use --html or --markdown.",
    ),
}
