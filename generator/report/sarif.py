"""For code scanning: SARIF 2.1.0."""

import json
from typing import Any
from urllib.parse import quote

from generator.base.diagnostics import Diagnostic, Report, Rule
from generator.base.text import Lang, Source, Span


def render(report: Report, lang: Lang) -> str:
    rules = sorted({found.rule for found in report.diagnostics}, key=lambda rule: rule.code)
    run = {
        "tool": {"driver": {"name": "kb", "rules": [_rule(rule, lang) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, lang) for found in report.diagnostics],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, lang: Lang) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.message.to(lang)},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(found: Diagnostic, lang: Lang) -> dict[str, Any]:
    file = {"uri": quote(found.source.path)}
    place = {"artifactLocation": file, "region": _region(found.source, found.span)}
    result: dict[str, Any] = {
        "ruleId": found.rule.code,
        "level": found.rule.severity,
        "message": {"text": f"{found.message(lang)}. {found.hint(lang)}"},
        "locations": [{"physicalLocation": place}],
    }
    replacements = [
        {"deletedRegion": _region(found.source, edit.span), "insertedContent": {"text": edit.text}}
        for edit in found.fix
    ]
    if replacements:
        changes = [{"artifactLocation": file, "replacements": replacements}]
        result["fixes"] = [{"description": {"text": found.hint(lang)}, "artifactChanges": changes}]
    return result


def _region(source: Source, span: Span) -> dict[str, int]:
    start, end = source.position(span.start), source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
