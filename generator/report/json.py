"""For programs: one object a diagnostic, lines and columns from 1."""

import json

from generator.base.diagnostics import Report
from generator.base.text import Edit, Lang, Source


def render(report: Report, lang: Lang) -> str:
    found = [
        {
            "code": diagnostic.rule.code,
            "name": diagnostic.rule.name,
            "severity": diagnostic.rule.severity,
            "path": diagnostic.source.path,
            "line": diagnostic.start.line,
            "column": diagnostic.start.column,
            "end_line": diagnostic.end.line,
            "end_column": diagnostic.end.column,
            "message": diagnostic.message(lang),
            "hint": diagnostic.hint(lang),
            "fix": [_edit(diagnostic.source, edit) for edit in diagnostic.fix],
        }
        for diagnostic in report.diagnostics
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _edit(source: Source, edit: Edit) -> dict[str, str | int]:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    place = {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
    return {**place, "text": edit.text}
