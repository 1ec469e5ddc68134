"""For people on a terminal: the message, the line, a mark under the place, what to type next."""

import unicodedata

from generator.base.diagnostics import Diagnostic, Report, Severity
from generator.base.text import Lang, Text, printable

_SEVERITY = {
    Severity.ERROR: Text("error", "error"),
    Severity.WARNING: Text("aviso", "warning"),
    Severity.NOTE: Text("nota", "note"),
}
_HELP = Text("ayuda", "help")
_COUNTS = {
    Severity.ERROR: (Text("1 error", "1 error"), Text("{n} errores", "{n} errors")),
    Severity.WARNING: (Text("1 aviso", "1 warning"), Text("{n} avisos", "{n} warnings")),
    Severity.NOTE: (Text("1 nota", "1 note"), Text("{n} notas", "{n} notes")),
}
_LEFT_OUT = Text("{n} más que no se muestran", "{n} more that are not shown")
_TAB = "    "
_MOST = 160
"""Longer lines are shown around the place."""
_NO_WIDTH = ("Mn", "Me", "Cf")


def render(report: Report, lang: Lang) -> str:
    blocks = [one(found, lang) for found in report.diagnostics]
    totals = [
        (singular if n == 1 else plural).to(lang).format(n=n)
        for severity, (singular, plural) in _COUNTS.items()
        if (n := report.count(severity))
    ]
    if report.left_out:
        totals.append(_LEFT_OUT.to(lang).format(n=report.left_out))
    return "\n".join([*blocks, ", ".join(totals) + "\n"]) if blocks else ""


def one(found: Diagnostic, lang: Lang) -> str:
    """One diagnostic, as printed, with its final line feed."""
    place = found.start
    number = str(place.line)
    margin = " " * len(number)
    lines = [
        f"{_SEVERITY[found.rule.severity].to(lang)}[{found.rule.code}]: {_one_line(found.message(lang))}",
        f"{margin}--> {found.source.path}:{place.line}:{place.column}",
    ]
    if found.source.text:
        shown, mark = _excerpt(found)
        lines += [f"{margin} |", f"{number} | {shown}".rstrip(), f"{margin} | {mark}"]
    lines.append(f"{margin} = {_HELP.to(lang)}: {_one_line(found.hint(lang))}")
    return "\n".join(lines) + "\n"


def _excerpt(found: Diagnostic) -> tuple[str, str]:
    """The line and the mark under it: as wide as the characters it underlines, whatever their width."""
    text, place = found.source.text, found.span.start
    begin = place - found.start.column + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    # A line may be as long as its file: only what is shown of it is copied.
    first = max(begin, place - _MOST // 2) if end - begin > _MOST else begin
    last = min(end, first + _MOST)
    marked = text[place : min(max(found.span.end, place + 1), last)]
    return _printable(text[first:last]), " " * _width(text[first:place]) + "^" * max(_width(marked), 1)


def _one_line(text: str) -> str:
    """What an author wrote may hold line ends or escapes: a terminal gets neither."""
    return printable(" ".join(text.split()))


def _printable(text: str) -> str:
    return printable(text.replace("\t", _TAB))


def _width(text: str) -> int:
    """Columns of a terminal: combining marks take none, East Asian wide characters and most emoji two."""
    return sum(
        0 if unicodedata.category(char) in _NO_WIDTH else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in _printable(text)
    )
