"""For pull requests: GitHub's workflow commands, shown at the line."""

from generator.base.diagnostics import Diagnostic, Report, Severity
from generator.base.text import Lang

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, lang: Lang) -> str:
    return "".join(_annotation(found, lang) + "\n" for found in report.diagnostics)


def _annotation(found: Diagnostic, lang: Lang) -> str:
    start, end = found.start, found.end
    facts = {"file": found.source.path, "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:
        # GitHub rejects columns on annotations that span lines.
        facts |= {"col": str(start.column), "endColumn": str(end.column)}
    facts["title"] = f"{found.rule.code} {found.rule.name}"
    properties = ",".join(f"{name}={_escape(value, properties=True)}" for name, value in facts.items())
    words = _escape(f"{found.message(lang)}\n{found.hint(lang)}")
    return f"::{_COMMAND[found.rule.severity]} {properties}::{words}"


def _escape(text: str, *, properties: bool = False) -> str:
    """As GitHub's own toolkit escapes data and properties of commands."""
    for char in "%\r\n" + (":," if properties else ""):
        text = text.replace(char, f"%{ord(char):02X}")
    return text
