"""The HTML of a text that may reach a page: everything else an author writes is taken out."""

import re
from collections.abc import Container, Iterable, Iterator

import nh3

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark",
    "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title", "hreflang", "data-definition"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "*": {"lang", "dir"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
# What a browser reads over in an address, and what it takes for a slash (URL Standard, basic URL parser).
_IGNORED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


def sanitized(html: str, anchors: Container[str] = ()) -> str:
    """`anchors` are the only ids that remain: another could take the place of one that the page's scripts look for."""

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src" and is_elsewhere(value):
            return None
        return None if attribute == "id" and value not in anchors else value

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def is_elsewhere(address: str) -> bool:
    """Whether a browser would ask another site for an address, however it is disguised."""
    return bool(_ELSEWHERE.match(_IGNORED.sub("", address)))


def taken_out(tag: str, attributes: Iterable[str]) -> Iterator[str]:
    """What of a tag, in lower case, will not reach the page: the tag itself, or some of its attributes."""
    if tag not in _TAGS:
        yield f"<{tag}>"
        return
    # A heading written as HTML becomes a box without an id.
    allowed = (_ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set())) - {"id"}
    yield from (name for name in attributes if name not in allowed)
