"""The lines of a block around the place where a YAML parser stopped, and how they must be typed."""

import re
from dataclasses import dataclass

from generator.base.diagnostics import Diagnostic, Rule
from generator.base.text import Edit, Source, Span, Text

FIELD = re.compile(r"\s*(?:-\s+)*(?:(?P<field>[^\s:#'\"\[{][^:]*?)\s*:\s+)?")
"""What stands before the value of a line: indentation, dashes, the name of a field."""


def value_at(line: str) -> int:
    before = FIELD.match(line)
    assert before  # noqa: S101  # it matches the empty text
    return before.end()


def quoted_line(line: str) -> str:
    """The field of a line with its whole value in quotes, as it must be typed."""
    before = FIELD.match(line)
    value = line[value_at(line) :].strip()
    name = f"{before['field']}: " if before and before["field"] else ""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" and value[1:-1].count(value[0]) % 2:
        value = value[1:-1]  # «'Agua d'Ilo'»: the outer ones are meant as quotes
    elif value[-1:] in ("'", '"') and value.count(value[-1]) == 1:
        value = value[:-1].rstrip()  # «El paro: 2008"»: only the first one was forgotten
    return name + in_quotes(value)


def quoted_at(source: Source, place: int, found: str) -> str:
    """What is found at a place in quotes; the whole value where it begins there."""
    position = source.position(place)
    line = source.line(position.line)
    before = FIELD.match(line)
    return quoted_line(line) if before and before.end() == position.column - 1 else in_quotes(found)


def in_quotes(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a parser stopped in a block, and in what it had begun (`opened`, -1 if in nothing)."""

    source: Source
    start: int
    block: str
    problem: str
    context: str
    offset: int
    opened: int

    def line(self, offset: int) -> tuple[int, str]:
        """The line around an offset, and where it starts."""
        begin = self.block.rfind("\n", 0, offset) + 1
        end = self.block.find("\n", begin)
        return begin, self.block[begin : end if end >= 0 else len(self.block)]

    def written_before(self, offset: int) -> tuple[int, str]:
        """The last line with anything on it above the one that starts at an offset."""
        return self.line(len(self.block[:offset].rstrip()))

    def lines(self) -> tuple[tuple[int, str], ...]:
        """Those that may be to blame: where the parser stopped, where it had begun, and the one above."""
        here = self.line(self.offset)
        begun = self.line(self.opened) if self.opened >= 0 else here
        return here, begun, self.written_before(here[0])

    def at(
        self, rule: Rule, begin: int, end: int, hint: Text | None = None, fix: tuple[Edit, ...] = (), **facts: str
    ) -> Diagnostic:
        return rule.at(self.source, self.span(begin, end), hint=hint, fix=fix, **facts)

    def span(self, begin: int, end: int) -> Span:
        last = len(self.source.text)
        return Span(min(self.start + begin, last), min(self.start + end, last))

    def edit(self, begin: int, end: int, text: str) -> Edit:
        return Edit(self.span(begin, end), text)

    def put(self, begin: int, end: int, text: str) -> tuple[Edit, ...]:
        """The edit of a part of a line; none where its text goes on below or a comment follows it."""
        after = self.block[end:].split("\n", 1)[1:]
        line_begin, line = self.line(begin)
        indent, below = len(line) - len(line.lstrip(" -")), (after or [""])[0].split("\n", 1)[0]
        goes_on = below.strip() and len(below) - len(below.lstrip(" ")) > indent
        return () if goes_on or " #" in line[begin - line_begin :] else (self.edit(begin, end, text),)
