"""The Markdown of a body: its headings, links and images with their places, and its safe HTML."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import islice

import pyromark

from generator.base.text import Edit, Span, edited
from generator.reading.outline import MAX_LINKS, OPTIONS, Heading, Link, Outline, read_outline
from generator.reading.sanitizing import sanitized

_IN_TARGET = str.maketrans({char: f"%{ord(char):02X}" for char in "<>\\\n\r"})
"""What would end the target of a link before its end."""
_HEADING = re.compile(r"<h([1-6])>")
_CITATION = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3}){0,20})\]")


@dataclass(frozen=True)
class Body:
    """The Markdown at the end of a file, read once. All spans are relative to its start."""

    whole: str
    start: int = 0

    @property
    def text(self) -> str:
        return self.whole[self.start :]

    @cached_property
    def _parts(self) -> Outline:
        return read_outline(self.text)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(self._parts.headings)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(self._parts.links)

    @cached_property
    def bare_links(self) -> tuple[Link, ...]:
        """Addresses that are their own words: `<https://example.org>`."""
        return tuple(self._parts.bare_links)

    @cached_property
    def raw_html(self) -> tuple[Span, ...]:
        return tuple(self._parts.raw)

    @property
    def too_deep(self) -> Span | None:
        """Where the quotes, lists and tags inside each other become too many."""
        return self._parts.too_deep

    @cached_property
    def _opaque(self) -> tuple[Span, ...]:
        return tuple(_outermost(self._parts.opaque))

    @cached_property
    def _opaque_starts(self) -> list[int]:
        return [span.start for span in self._opaque]

    @cached_property
    def citations(self) -> tuple[tuple[Span, tuple[int, ...]], ...]:
        """Each `[3]` or `[3, 5]` in running text, with its numbers."""
        return tuple(
            (Span(*found.span()), tuple(int(number) for number in found[1].split(",")))
            for found in islice(_CITATION.finditer(self.text), MAX_LINKS + 1)
            if self.is_prose(found.start())
        )

    def is_prose(self, offset: int) -> bool:
        """Whether an offset lies in running text: not in code, a link, a heading or raw HTML."""
        return self.around(offset) is None

    def around(self, offset: int) -> Span | None:
        """The code, link, heading or raw HTML that an offset lies in."""
        before = bisect_right(self._opaque_starts, offset) - 1
        return self._opaque[before] if before >= 0 and self._opaque[before].end > offset else None

    def edited(self, edits: Iterable[Edit]) -> "Body":
        return Body(edited(self.text, edits))

    def html(self, edits: Iterable[Edit] = ()) -> str:
        """Sanitized HTML in which every heading has its anchor."""
        text = edited(self.text, [*edits, *self._harmless_headings()])
        anchors = iter(self.headings)
        # Before sanitizing: there every heading is still the one that was read.
        named = _HEADING.sub(
            lambda tag: f'<h{tag[1]} id="{escape(found.anchor)}">' if (found := next(anchors, None)) else tag[0],
            pyromark.html(text, options=OPTIONS),
        )
        return sanitized(named, {heading.anchor for heading in self.headings})

    def _harmless_headings(self) -> Iterator[Edit]:
        """A heading written as raw HTML becomes a box: only Markdown's have anchors and a place in the order.

        A `div` starts and ends a block of raw HTML just as a heading does, so nothing else is read differently.
        """
        for span in self.raw_html:
            for found in re.finditer(r"<(/?)h[1-6]\b", self.text[span.start : span.end], re.IGNORECASE):
                yield Edit(Span(span.start + found.start(), span.start + found.end()), f"<{found[1]}div")


def relink(links: Iterable[Link], address: Callable[[Link], str | None]) -> Iterator[Edit]:
    """Edits that give links another target; None leaves one as it is."""
    for link in links:
        if (target := address(link)) is not None:
            yield Edit(Span(link.label_end, link.span.end), f"](<{target.translate(_IN_TARGET)}>)")


def _outermost(spans: list[Span]) -> Iterator[Span]:
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end
