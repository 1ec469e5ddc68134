"""Turns a YAML parser's complaint into words an editor can act on."""

import re

import yaml

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text

_FIELD = r"^\s*(?:-\s+)*[A-Za-z_]+"

SYNTAX = Rule(
    "KB210",
    "yaml-syntax",
    Severity.ERROR,
    Text("el bloque inicial no se entiende a partir de aquí", "the initial block cannot be understood from here on"),
    Text(
        "cada línea es «campo: valor»; revise la sangría, las comillas y los corchetes de esta línea y la anterior",
        "each line is “field: value”; check indentation, quotes and brackets on this line and the one before",
    ),
)
COLON_IN_VALUE = Rule(
    "KB211",
    "colon-in-value",
    Severity.ERROR,
    Text("hay dos puntos dentro del texto de «{field}»", "there is a colon inside the text of “{field}”"),
    Text('ponga el texto entre comillas: {field}: "{value}"', 'put the text in quotes: {field}: "{value}"'),
)
TAB = Rule(
    "KB212",
    "tab-character",
    Severity.ERROR,
    Text("hay un tabulador en la sangría", "there is a tab in the indentation"),
    Text("cámbielo por dos espacios", "replace it with two spaces"),
)
CURLY_QUOTES = Rule(
    "KB213",
    "curly-quotes",
    Severity.ERROR,
    Text(
        "las comillas de «{field}» son tipográficas ({quote}) y no rectas",
        "the quotes of “{field}” are curly ({quote}), not straight",
    ),
    Text('escriba comillas rectas: {field}: "{value}"', 'type straight quotes: {field}: "{value}"'),
)
MISSING_SPACE = Rule(
    "KB214",
    "missing-space-after-colon",
    Severity.ERROR,
    Text("falta un espacio después de los dos puntos de «{field}»", "a space is missing after the colon of “{field}”"),
    Text("escriba «{field}: {value}»", "write “{field}: {value}”"),
)
UNCLOSED_QUOTE = Rule(
    "KB215",
    "unclosed-quote",
    Severity.ERROR,
    Text("se abre una comilla ({quote}) que no se cierra", "a quote ({quote}) is opened and not closed"),
    Text("ponga {quote} al final del texto de esta línea", "put {quote} at the end of this line's text"),
)


def explain_syntax(source: Source, start: int, block: str, error: yaml.YAMLError) -> Diagnostic:
    """The most likely slip behind a parser's error, at the place where the author made it."""
    mark = getattr(error, "problem_mark", None)
    # yaml.reader.ReaderError is not a MarkedYAMLError: it has a position and no mark.
    offset = mark.index if mark else getattr(error, "position", 0)
    problem, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    offset = min(offset, len(block))
    opened = getattr(error, "context_mark", None)
    if "quoted scalar" in context and opened:
        quote = block[opened.index : opened.index + 1]
        return UNCLOSED_QUOTE.at(source, Span(start + opened.index, start + opened.index + 1), quote=quote)
    if opened and "flow" in context:
        # An open bracket is only missed at the end of the block: show where it was opened.
        offset = opened.index
    for line_start, line in _suspects(block, offset):
        if found := _slip(source, start + line_start, line, problem):
            return found
    end = start + offset + 1
    return SYNTAX.at(source, Span(start + offset, min(end, len(source.text))))


def _suspects(block: str, offset: int) -> list[tuple[int, str]]:
    """The line where the parser stopped and the written line before it: the slip is on one of them."""
    lines: list[tuple[int, str]] = []
    place = block.rfind("\n", 0, offset) + 1
    while len(lines) < 2:
        end = block.find("\n", place)
        line = block[place : end if end >= 0 else len(block)]
        if line.strip():
            lines.append((place, line))
        if place == 0:
            break
        place = block.rfind("\n", 0, place - 1) + 1
    return lines


def _slip(source: Source, start: int, line: str, problem: str) -> Diagnostic | None:
    def span(group: re.Match[str], which: int | str = 0) -> Span:
        return Span(start + group.start(which), start + group.end(which))

    if found := re.match(r"\s*?(\t+)", line):
        return TAB.at(source, span(found, 1))
    if found := re.match(rf"({_FIELD})(:)([^\s:/][^:]*)$", line):
        field = found[1].strip(" -")
        return MISSING_SPACE.at(source, span(found, 2), field=field, value=found[3].strip())
    if found := re.match(rf"({_FIELD}):\s+([“”„‘’])(.*)$", line):
        quoted = found[3].rstrip("“”„‘’ ")
        return CURLY_QUOTES.at(source, span(found, 2), field=found[1].strip(" -"), value=quoted, quote=found[2])
    if found := re.match(rf"({_FIELD}):\s+([^'\"\[{{>|\s].*?(:)(?:\s.*|$))", line):
        value = found[2].replace('"', "'")
        return COLON_IN_VALUE.at(source, span(found, 3), field=found[1].strip(" -"), value=value)
    if found := re.search(r"\t", line) if "'\\t'" in problem or "\t" in problem else None:
        return TAB.at(source, span(found))
    return None
