"""The Markdown of a body: its headings, links and images with their places, and its safe HTML."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

import pyromark

from generator.base.text import Span, slug
from generator.reading.sanitizing import sanitized

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_OPAQUE = ("CodeBlock", "Link", "Image", "Heading", "HtmlBlock", "MetadataBlock", "Code", "InlineHtml", "Html")
_LONGEST_LABEL = 100
"""Pieces of text: images can hold images, and their alternative texts each other."""
_LABELLED = ("Heading", "Link", "Image")
_NOTHING = ("Text", "SoftBreak", "HardBreak")
_LEVELS = {"Start": 1, "End": -1}
PAGE_IDS = ("contenido", "kb-nav", "kb-query", "kb-results", "kb-search", "kb-slash")
"""Ids of the page around a body: a heading of these words gets `-2`."""
_IN_TARGET = str.maketrans({char: f"%{ord(char):02X}" for char in "<>\\\n\r"})
"""What would end the target of a link before its end."""
MAX_BODY_DEPTH = 1_000
"""Far beyond any text; the sanitizer's time grows with the square of the depth."""
_RAW_TAG = re.compile(r"<(/?)(?!(?:br|hr|img|input|li|p|td|th|tr|wbr)\b)([a-z][a-z0-9]*)", re.IGNORECASE)
_HEADING = re.compile(r"<h([1-6])>")
_CITATION = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image; `text` is the link's words or the image's alternative text."""

    target: str
    text: str
    is_image: bool
    span: Span
    label_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Replaces a range of the Markdown before it is rendered."""

    span: Span
    replacement: str


@dataclass(frozen=True)
class Body:
    """The Markdown at the end of a file, read once. All spans are relative to its start."""

    whole: str
    start: int = 0

    @property
    def text(self) -> str:
        return self.whole[self.start :]

    @cached_property
    def _parts(self) -> "_Parts":
        return _read(self.text)

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
            for found in _CITATION.finditer(self.text)
            if self.is_prose(found.start())
        )

    def is_prose(self, offset: int) -> bool:
        """Whether an offset lies in running text: not in code, a link, a heading or raw HTML."""
        before = bisect_right(self._opaque_starts, offset) - 1
        return before < 0 or self._opaque[before].end <= offset

    def edited(self, edits: Iterable[Edit]) -> "Body":
        return Body(_apply(self.text, list(edits)))

    def html(self, edits: Iterable[Edit] = ()) -> str:
        """Sanitized HTML in which every heading has its anchor."""
        edited = _apply(self.text, [*edits, *self._harmless_headings()])
        anchors = iter(self.headings)
        # Before sanitizing: there every heading is still the one that was read.
        named = _HEADING.sub(
            lambda tag: f'<h{tag[1]} id="{escape(found.anchor)}">' if (found := next(anchors, None)) else tag[0],
            pyromark.html(edited, options=_OPTIONS),
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


def _apply(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        if edit.span.start < end:
            continue  # inside an earlier edit: the outer one has the word
        parts += (text[end : edit.span.start], edit.replacement)
        end = edit.span.end
    return "".join((*parts, text[end:]))


def _read(text: str) -> "_Parts":
    parts = _Parts()
    place = _char_offsets(text)
    for event, byte_range in pyromark.events_with_range(text, options=_OPTIONS):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        # Most events are pieces of running text, or begin or end a paragraph: nothing is said of them but the depth.
        if not parts.is_open:
            if kind in _NOTHING:
                continue
            levels = _LEVELS.get(str(kind), 0)
            name = next(iter(value), "") if isinstance(value, dict) else value
            if levels and name not in _OPAQUE and not parts.would_be_too_deep(levels):
                continue
        parts.take(str(kind), value, Span(place(byte_range["start"]), place(byte_range["end"])))
    return parts


@dataclass(slots=True)
class _Open:
    """A heading, link or image whose end is still to come; `first_word` is where its words begin among all."""

    name: str
    details: Mapping[str, object]
    span: Span
    first_word: int
    label_end: int


@dataclass(slots=True)
class _Parts:
    """What is found while the parser's events pass by. Each costs the same, however deep or long the text is."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bare_links: list[Link] = field(default_factory=list)
    raw: list[Span] = field(default_factory=list)
    opaque: list[Span] = field(default_factory=list)
    too_deep: Span | None = None
    _depth: int = 0
    _tags: dict[str, int] = field(default_factory=dict)
    _open: list[_Open] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGE_IDS, 1))

    @property
    def is_open(self) -> bool:
        return bool(self._open)

    def take(self, kind: str, value: object, span: Span) -> None:
        if kind in ("Start", "End"):
            name, details = next(iter(value.items())) if isinstance(value, dict) else (value, {})
            self._deepen(1 if kind == "Start" else -1, span)
            if name in _LABELLED and kind == "Start":
                known = details if isinstance(details, dict) else {}
                self._open.append(_Open(str(name), known, span, len(self._words), span.start + 1))
            elif name in _LABELLED:
                self._close(self._open.pop())
            elif kind == "End":
                self._reach(span.end)
            kind = str(name) if kind == "Start" else kind
        elif kind in ("Text", "Code"):
            self._leaf(str(value), span)
        elif kind in ("SoftBreak", "HardBreak"):
            self._leaf(" ", span)
        elif kind in ("InlineHtml", "Html"):
            self.raw.append(span)
            self._leaf("", span)
            for tag in _RAW_TAG.finditer(str(value)):
                self._raw_tag(tag[2].lower(), -1 if tag[1] else 1, span)
        if kind in _OPAQUE:
            self.opaque.append(span)

    def _raw_tag(self, name: str, levels: int, span: Span) -> None:
        if levels > 0 or self._tags.get(name):  # the end of what never began ends nothing
            self._tags[name] = self._tags.get(name, 0) + levels
            self._deepen(levels, span)

    def would_be_too_deep(self, levels: int) -> bool:
        """Counts the levels, unless they are too many: then they are left to `take`, which knows the place."""
        if self._depth + levels > MAX_BODY_DEPTH:
            return True
        self._depth += levels
        return False

    def _deepen(self, levels: int, span: Span) -> None:
        self._depth += levels
        if self._depth > MAX_BODY_DEPTH and not self.too_deep:
            self.too_deep = Span(span.start, span.start + 1)

    def _leaf(self, word: str, span: Span) -> None:
        self._words.append(word)
        self._reach(span.end)

    def _close(self, closed: _Open) -> None:
        if closed.name == "Heading":
            label = "".join(self._words[closed.first_word :]).strip()
            level = int(str(closed.details["level"]).lstrip("H"))
            self.headings.append(Heading(level, label, _anchor(label, self._taken), closed.span))
        else:
            words = self._words[closed.first_word : closed.first_word + _LONGEST_LABEL]
            is_image = closed.name == "Image"
            end = closed.label_end + (1 if is_image and not words else 0)
            target, kind = str(closed.details["dest_url"]), closed.details.get("link_type")
            # Nothing to edit in an address that is its own words.
            links = {"Autolink": self.bare_links, "Email": []}.get(str(kind), self.links)
            links.append(Link(target, "".join(words).strip(), is_image, closed.span, end))
        self._reach(closed.span.end)

    def _reach(self, end: int) -> None:
        if self._open:
            self._open[-1].label_end = max(self._open[-1].label_end, end)


def _outermost(spans: list[Span]) -> Iterator[Span]:
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _anchor(label: str, taken: dict[str, int]) -> str:
    """The heading's words; the second of the same words gets `-2`. `taken` counts how often each was asked for."""
    base = slug(label) or "seccion"
    number = taken.get(base, 0) + 1
    anchor = base
    while anchor in taken:
        anchor, number = f"{base}-{max(number, 2)}", max(number, 2) + 1
    taken[base] = max(number - 1, 1)
    taken.setdefault(anchor, 1)
    return anchor


def _char_offsets(text: str) -> Callable[[int], int]:
    """The parser counts bytes of UTF-8, we count characters."""
    if text.isascii():
        return lambda offset: offset
    inside = [found.start() for found in re.finditer(rb"[\x80-\xbf]", text.encode())]
    return lambda offset: offset - bisect_left(inside, offset)
