"""Splits a text into its initial block and its body; every value of the block knows its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Source, Span, Text
from generator.reading.yamltree import NOT_A_MAPPING, Value, compose, parse_yaml

Location = Sequence[str | int]
_HEADING = re.compile(r"^##+ .*$", re.MULTILINE)
_LIKE_DASHES = re.compile(r"^[ \t\u00a0]*(?:[-–—―]{2,}|[–—―])[ \t]*$", re.MULTILINE)
"""What a word processor makes of three hyphens, and two of them, or some that are not at the margin."""

NO_BLOCK = Rule(
    "KB201",
    "no-initial-block",
    Severity.ERROR,
    Text("falta el bloque inicial", "the initial block is missing"),
    Text(
        "la primera línea debe ser «---»; debajo van los campos y otra línea «---»",
        "the first line must be “---”; below it the fields, then another line “---”",
    ),
)
UNCLOSED_BLOCK = Rule(
    "KB202",
    "unclosed-initial-block",
    Severity.ERROR,
    Text("el bloque inicial no se cierra", "the initial block is not closed"),
    Text(
        "ponga una línea «---» después del último campo, antes del texto",
        "put a line “---” after the last field, before the text",
    ),
)
EMPTY_BLOCK = Rule(
    "KB203",
    "empty-initial-block",
    Severity.ERROR,
    Text("el bloque inicial está vacío", "the initial block is empty"),
    Text(
        "escriba los campos entre las dos líneas «---», cada uno en la suya: «campo: valor»",
        "write the fields between the two lines “---”, each on its own: “field: value”",
    ),
)

_WRITE_DASHES = Text("escriba esta línea así: «---»", "write this line like this: “---”")

TRAILING_SPACES = Rule(
    "KB208",
    "trailing-spaces",
    Severity.NOTE,
    Text("sobran espacios al final de {count} línea(s)", "there are needless spaces at the end of {count} line(s)"),
    Text("bórrelos; «kb check --fix» lo hace por usted", "delete them; “kb check --fix” does it for you"),
)
_TRAILING = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_MOST_MENDED = 1_000
"""Lines: a report that held more edits would be longer than the record."""
_LINE_BREAK = re.compile(r"(?<=\S) {2,}$", re.MULTILINE)
"""In the body, two spaces after a text begin a new line on the page."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values of a document stand, and its body."""

    source: Source
    block: Span
    body: Span

    @property
    def meta(self) -> yaml.Node:
        """The block's nodes, with their places. Made anew when somebody asks: most documents never say a word, and the
        nodes of ten thousand would fill gigabytes.
        """
        return compose(self.source, self.block)

    @property
    def text(self) -> str:
        """The body."""
        return self.source.text[self.body.start : self.body.end]

    def at(self, location: Location) -> Span:
        """The place of a location's value; of its nearest ancestor where there is none: line 1 for a missing field."""
        return self._span(self._node(location))

    def key(self, location: Location) -> Span:
        """The place of the name of the field at a location."""
        group = self._node(location[:-1])
        return self._span(next((key for key, _ in _fields(group) if key.value == location[-1]), group))

    def beside(self, location: Location) -> set[str]:
        """The names of the fields that stand beside the one at a location."""
        return {key.value for key, _ in _fields(self._node(location[:-1]))}

    def _node(self, location: Location) -> yaml.Node:
        """What stands at a location, or the nearest that holds it."""
        node = self.meta
        for step in location:
            below = _child(node, step)
            if below is None:
                break
            node = below
        return node

    def _span(self, node: yaml.Node) -> Span:
        if node is self.meta:
            return Span(0, 3)
        start, end = node.start_mark.index + self.block.start, node.end_mark.index + self.block.start
        # A block's end mark is where the next token begins: give back the white space between.
        return Span(start, start + len(self.source.text[start:end].rstrip()))


@dataclass(frozen=True, slots=True)
class Document(Places):
    """A text whose initial block is a mapping without duplicate keys, anchors, tags or merges; all scalars are text."""

    values: dict[str, Value]

    def places(self) -> Places:
        return Places(self.source, self.block, self.body)


def read_document(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """The document in a text, or the reasons why there is none."""
    text = source.text
    boundaries = list(islice(_lines_of_dashes(text), 2))
    if not boundaries or text[: boundaries[0].start()].strip():
        return None, [_misspelt(NO_BLOCK, source, 0) or NO_BLOCK.at(source, Span(0, len(source.line(1))))]
    opening = Span(boundaries[0].start(), boundaries[0].start() + 3)
    if len(boundaries) == 1:
        heading = _HEADING.search(text, opening.end)
        plain = UNCLOSED_BLOCK.at(source, Span(*heading.span()) if heading else opening)
        return None, [_misspelt(UNCLOSED_BLOCK, source, opening.end, heading.start() if heading else None) or plain]
    start, end = boundaries[0].end(), boundaries[1].start()
    node, values, problems = parse_yaml(source, start, text[start:end])
    errors = [found for found in problems if found.rule.severity is Severity.ERROR]
    if errors and (heading := _HEADING.search(text, opening.end, errors[0].span.start)):
        # The second line of dashes is one of the body's.
        return None, [UNCLOSED_BLOCK.at(source, Span(*heading.span()))]
    if node is None:
        return None, problems or [EMPTY_BLOCK.at(source, opening)]
    if not isinstance(node, yaml.MappingNode):
        return None, [NOT_A_MAPPING.at(source, Span(start + node.start_mark.index, start + node.end_mark.index))]
    assert isinstance(values, dict)  # noqa: S101
    document = Document(source, Span(start, end), Span(boundaries[1].end(), len(text)), values)
    return document, [*problems, *_trailing_spaces(document)]


def _misspelt(rule: Rule, source: Source, start: int, end: int | None = None) -> Diagnostic | None:
    """The line that was to be one of dashes: the first of the text, or one between two places."""
    text = source.text
    found = _LIKE_DASHES.search(text, start, len(text) if end is None else end)
    if not found or (not start and text[: found.start()].strip()):
        return None
    place = Span(*found.span())
    return rule.at(source, place, hint=_WRITE_DASHES, fix=(Edit(place, "---"),))


def _lines_of_dashes(text: str) -> Iterator[re.Match[str]]:
    """What the pattern of python-frontmatter finds, ten times as fast: it is tried only where dashes begin a line."""
    start = 0
    while start >= 0:
        if found := YAMLHandler.FM_BOUNDARY.match(text, start):
            yield found
        start = text.find("\n---", found.end() if found else start) + 1 or -1


def _trailing_spaces(document: Places) -> list[Diagnostic]:
    """One note a file. Most files have none, and a look at two endings is all that they cost."""
    text = document.source.text
    if " \n" not in text and "\t\n" not in text:
        return []
    kept = {found.start() for found in _LINE_BREAK.finditer(text, document.body.start)}
    fix = tuple(Edit(Span(*found.span()), "") for found in _TRAILING.finditer(text) if found.start() not in kept)
    if not fix:
        return []
    mended = fix if len(fix) <= _MOST_MENDED else ()
    return [TRAILING_SPACES.at(document.source, fix[0].span, fix=mended, count=len(fix))]


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return next((value for key, value in _fields(node) if key.value == step), None)


def _fields(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []
