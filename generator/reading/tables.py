"""A table in a CSV text: its rows as documents, so that every cell knows its place."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text
from generator.reading.frontmatter import Document, Location

BAD_TABLE = Rule(
    "KB340",
    "bad-table",
    Severity.ERROR,
    Text("esta línea de la tabla no se entiende", "this line of the table cannot be understood"),
    Text(
        'tiene {found} celdas y la primera línea, {expected}: un texto con comas va entre comillas (")',
        'it has {found} cells and the first line {expected}: a text with commas stands in quotes (")',
    ),
)
_QUOTES = Text(
    'las comillas (") encierran una celda entera; dentro de ella se escriben dos veces ("")',
    'quotes (") enclose a whole cell; inside it they are written twice ("")',
)
_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"|([^",\n]*))(,|\n|\Z)')

_SIGNS = {
    ",": Text("una línea «sep=»", "a line “sep=”"),
    ";": Text("un punto y coma", "a semicolon"),
    "\t": Text("un tabulador", "a tab"),
}
"""What may part the cells of a table, and what is told of it where only a comma may."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*%?")

Cell = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Row(Document):
    """A line of a table as a document whose fields are its columns; `values` holds the cells that are not empty."""

    cells: Mapping[str, Span]

    def at(self, location: Location) -> Span:
        return self.cells.get(str(location[0]), self.block) if location else self.block

    def key(self, location: Location) -> Span:
        return self.at(location)


def read_table(source: Source) -> tuple[tuple[str, ...], list[Row], list[Diagnostic]]:
    """The names of the columns, the rows that have a cell for each, and what is wrong with the other lines.

    RFC 4180: commas, quotes around what holds a comma or a line break, quotes doubled inside.
    """
    rows: list[Row] = []
    problems: list[Diagnostic] = []
    header: tuple[str, ...] | None = None
    for line, cells in _lines(source.text):
        if cells is None:
            problems.append(BAD_TABLE.at(source, line, hint=_QUOTES))
        elif header is None:
            header = tuple(text for text, _ in cells)
        elif len(cells) != len(header):
            problems.append(BAD_TABLE.at(source, line, found=len(cells), expected=len(header)))
        else:
            places = {name: place for name, (_, place) in zip(header, cells, strict=True)}
            values = {name: text for name, (text, _) in zip(header, cells, strict=True) if text}
            rows.append(Row(source, line, Span(line.end, line.end), {**values}, places))
    return header or (), rows, problems


def _lines(text: str) -> Iterator[tuple[Span, list[Cell] | None]]:
    """Each line that is not empty, with its cells; None where quotes are out of place."""
    start = at = 0
    cells: list[Cell] = []
    while at < len(text) or cells:
        found = _CELL.match(text, at)
        if found is None:
            end = text.find("\n", at) % (len(text) + 1)
            yield Span(start, end), None
            start, at, cells = end + 1, end + 1, []
            continue
        quoted, plain, mark = found.groups()
        # An empty cell is shown by the sign that ends it.
        place = Span(found.start(), max(found.start(3), min(found.start() + 1, len(text))))
        cells.append((plain.strip() if quoted is None else quoted.replace('""', '"').strip(), place))
        at = found.end()
        if mark != ",":
            if any(words for words, _ in cells):
                yield Span(start, found.start(3)), cells
            start, cells = at, []


def with_commas(text: str) -> tuple[Text, str]:
    """The sign that stands between a table's cells, in words, and the table with commas instead."""
    text = re.sub(r"\A(?:sep=.?|\"sep=.?\")\n", "", text)
    parts = max(_SIGNS, key=text.partition("\n")[0].count)
    made = io.StringIO()
    try:
        csv.writer(made, lineterminator="\n").writerows(csv.reader(text.splitlines(keepends=True), delimiter=parts))
    except csv.Error:  # a cell too long for any table
        return _SIGNS[parts], text
    return _SIGNS[parts], made.getvalue()


def harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula, unless an apostrophe says that it is text (OWASP, CSV injection).
    Numbers stay numbers.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def harmless_table(data: bytes) -> bytes:
    """A table of somebody else's, whatever parts its cells; the same bytes where no cell begins like a formula."""
    text = data.decode("utf-8-sig", "replace")
    parts = max(_SIGNS, key=text.partition("\n")[0].count)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=parts))
    safe = [[harmless(cell) for cell in row] for row in rows]
    made = io.StringIO()
    csv.writer(made, delimiter=parts).writerows(safe)
    return made.getvalue().encode("utf-8-sig") if safe != rows else data
