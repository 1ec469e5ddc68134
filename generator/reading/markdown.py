"""The Markdown of a body: its headings, links and images with their places, and its safe HTML."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape

import nh3
import pyromark

from generator.base.text import Span, slug

_OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
_OPAQUE = ("CodeBlock", "Link", "Image", "Heading", "HtmlBlock", "MetadataBlock")
_HEADING = re.compile(r"<h([1-6])>")
_CITATION = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_TAGS = {
    *(
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
    ),
    *(
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
    ),
    *(
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
    ),
}
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "data-definition"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "*": {"lang", "dir"},
}
# What our own rewriting adds; an author's class of these names shows the same mark and nothing worse.
_CLASSES = {"a": {"kb-cite", "kb-term"}}


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
    """A Markdown text, read once. All spans are relative to it."""

    text: str

    @cached_property
    def _parts(self) -> tuple[tuple[Heading, ...], tuple[Link, ...], tuple[Span, ...], tuple[Span, ...]]:
        return _read(self.text)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self._parts[0]

    @property
    def links(self) -> tuple[Link, ...]:
        return self._parts[1]

    @property
    def raw_html(self) -> tuple[Span, ...]:
        return self._parts[2]

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
        opaque = self._parts[3]
        before = bisect_right(opaque, offset, key=lambda span: span.start)
        return not any(span.end > offset for span in opaque[max(before - 1, 0) : before])

    def html(self, edits: Iterable[Edit] = ()) -> str:
        """Sanitized HTML in which every heading has its anchor."""
        edited = _apply(self.text, [*edits, *self._harmless_headings()])
        rendered = nh3.clean(
            pyromark.html(edited, options=_OPTIONS),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            attribute_filter=_only_local_images,
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener",
        )
        anchors = iter(self.headings)
        return _HEADING.sub(lambda tag: f'<h{tag[1]} id="{escape(next(anchors).anchor)}">', rendered)

    def words(self) -> int:
        return len(re.findall(r"\w+", self.text))

    def _harmless_headings(self) -> Iterator[Edit]:
        """A heading written as raw HTML becomes text: only Markdown's headings have anchors and a place in the order."""
        for span in self.raw_html:
            for found in re.finditer(r"</?h[1-6]\b", self.text[span.start : span.end], re.IGNORECASE):
                place = span.start + found.start()
                yield Edit(Span(place, place + 1), "&lt;")


def relink(links: Iterable[Link], address: Callable[[Link], str | None]) -> Iterator[Edit]:
    """Edits that give links another target; None leaves one as it is."""
    for link in links:
        if (target := address(link)) is not None:
            yield Edit(Span(link.label_end, link.span.end), f"](<{target}>)")


def _only_local_images(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", value, re.IGNORECASE):
        return None
    return value


def _apply(text: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span.start):
        if edit.span.start < end:
            continue  # inside an earlier edit: the outer one has the word
        parts += (text[end : edit.span.start], edit.replacement)
        end = edit.span.end
    return "".join((*parts, text[end:]))


def _read(
    text: str,
) -> tuple[tuple[Heading, ...], tuple[Link, ...], tuple[Span, ...], tuple[Span, ...]]:
    headings: list[Heading] = []
    links: list[Link] = []
    raw: list[Span] = []
    opaque: list[Span] = []
    open_elements: list[tuple[str, dict[str, object], Span, list[str], int]] = []
    taken: set[str] = set()
    place = _char_offsets(text)
    for event, byte_range in pyromark.events_with_range(text, options=_OPTIONS):
        span = Span(place(byte_range["start"]), place(byte_range["end"]))
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        if kind == "Start":
            name, details = next(iter(value.items())) if isinstance(value, dict) else (value, {})
            open_elements.append((name, details if isinstance(details, dict) else {}, span, [], span.start + 1))
            if name in _OPAQUE:
                opaque.append(span)
        elif kind == "End":
            name, details, span, words, label_end = open_elements.pop()
            label = "".join(words).strip()
            if name == "Heading":
                level = int(str(details["level"]).lstrip("H"))
                headings.append(Heading(level, label, _anchor(label, taken), span))
            elif name in ("Link", "Image"):
                is_image = name == "Image"
                if is_image or details.get("link_type") not in ("Autolink", "Email"):
                    end = label_end + (1 if is_image and not words else 0)
                    links.append(Link(str(details["dest_url"]), label, is_image, span, end))
            _into_parent(open_elements, words, span.end)
        elif kind in ("Text", "Code", "InlineMath"):
            if kind == "Code":
                opaque.append(span)
            _into_parent(open_elements, [str(value)], span.end)
        elif kind in ("InlineHtml", "Html"):
            raw.append(span)
            opaque.append(span)
            _into_parent(open_elements, [], span.end)
        elif kind in ("SoftBreak", "HardBreak"):
            _into_parent(open_elements, [" "], span.end)
    return tuple(headings), tuple(links), tuple(raw), tuple(_outermost(opaque))


def _into_parent(
    open_elements: list[tuple[str, dict[str, object], Span, list[str], int]], words: list[str], end: int
) -> None:
    if open_elements:
        name, details, span, before, label_end = open_elements[-1]
        open_elements[-1] = (name, details, span, before + words if words else before, max(label_end, end))


def _outermost(spans: list[Span]) -> Iterator[Span]:
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _anchor(label: str, taken: set[str]) -> str:
    base = slug(label) or "seccion"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _char_offsets(text: str) -> Callable[[int], int]:
    """The parser counts bytes of UTF-8, we count characters."""
    if text.isascii():
        return lambda offset: offset
    byte_ends: list[int] = []
    surplus = [0]
    for found in re.finditer(r"[^\x00-\x7f]", text):
        width = len(found[0].encode())
        byte_ends.append(found.start() + surplus[-1] + width)
        surplus.append(surplus[-1] + width - 1)
    return lambda offset: offset - surplus[bisect_right(byte_ends, offset)]
