"""What the parser's events say of a body: its headings, links, raw HTML and code, each with its place."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyromark

from generator.base.text import Span, slug

OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_OPAQUE = ("CodeBlock", "Link", "Image", "Heading", "HtmlBlock", "MetadataBlock", "Code", "InlineHtml", "Html")
_LONGEST_LABEL = 100
"""Pieces of text: images can hold images, and their alternative texts each other."""
_LABELLED = ("Heading", "Link", "Image")
_NOTHING = ("Text", "SoftBreak", "HardBreak")
_LEVELS = {"Start": 1, "End": -1}
PAGE_IDS = ("contenido", "kb-nav", "kb-query", "kb-results", "kb-search", "kb-slash")
"""Ids of the page around a body: a heading of these words gets `-2`."""
MAX_BODY_DEPTH = 1_000
"""Far beyond any text; the sanitizer's time grows with the square of the depth."""
MAX_HEADINGS = 500
MAX_LINKS = 2_000
"""Forty times what the longest text has. What is said about a link to a heading looks at all headings."""
_RAW_TAG = re.compile(r"<(/?)(?!(?:br|hr|img|input|li|p|td|th|tr|wbr)\b)([a-z][a-z0-9]*)", re.IGNORECASE)
_DEEP_LINE = re.compile(rf"^(?:[ \t]*(?:>|[-+*](?=[ \t])|[0-9]{{1,9}}[.)](?=[ \t]))){{{MAX_BODY_DEPTH}}}", re.MULTILINE)
"""Quotes and lists inside each other on one line: the parser's own time grows with depth times lines."""


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


def read_outline(text: str) -> "Outline":
    parts = Outline()
    if deep := _DEEP_LINE.search(text):
        parts.too_deep = Span(deep.end() - 1, deep.end())
        return parts
    place = _char_offsets(text)
    # What is deep has as many of these signs as levels: in any other text nobody need count.
    may_be_deep = sum(map(text.count, "<>-+*_~.)[")) > MAX_BODY_DEPTH
    for event, byte_range in pyromark.events_with_range(text, options=OPTIONS, merge_text=True):
        kind: str
        value: Any
        ((kind, value),) = event.items() if isinstance(event, dict) else ((event, None),)
        # Most events are pieces of running text, or begin or end a paragraph: nothing is said of them but the depth.
        if not parts.open_ones:
            if kind in _NOTHING:
                continue
            if levels := _LEVELS.get(kind):
                name = next(iter(value)) if isinstance(value, dict) else value
                if name not in _OPAQUE and not (may_be_deep and parts.would_be_too_deep(levels)):
                    continue
        parts.take(kind, value, Span(place(byte_range["start"]), place(byte_range["end"])))
        if parts.too_deep or len(parts.headings) > MAX_HEADINGS or len(parts.links) > MAX_LINKS:
            break  # an error in any case: whoever made such a text is not owed the rest
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
class Outline:
    """What is found while the parser's events pass by. Each costs the same, however deep or long the text is."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bare_links: list[Link] = field(default_factory=list)
    raw: list[Span] = field(default_factory=list)
    opaque: list[Span] = field(default_factory=list)
    too_deep: Span | None = None
    _depth: int = 0
    _tags: dict[str, int] = field(default_factory=dict)
    open_ones: list[_Open] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _taken: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PAGE_IDS, 1))

    def take(self, kind: str, value: object, span: Span) -> None:
        if kind in ("Start", "End"):
            name, details = next(iter(value.items())) if isinstance(value, dict) else (value, {})
            self._deepen(1 if kind == "Start" else -1, span)
            if name in _LABELLED and kind == "Start":
                known = details if isinstance(details, dict) else {}
                self.open_ones.append(_Open(str(name), known, span, len(self._words), span.start + 1))
            elif name in _LABELLED:
                self._close(self.open_ones.pop())
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
        if self.open_ones:
            self.open_ones[-1].label_end = max(self.open_ones[-1].label_end, end)


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
