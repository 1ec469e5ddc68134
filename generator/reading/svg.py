"""A drawing without what could act: opened by itself, an SVG file is a page, and its scripts run as the site's own."""

import re
import xml.etree.ElementTree as ET

_SPACE = "{http://www.w3.org/2000/svg}"
_NAMES = (
    *("svg", "g", "defs", "symbol", "use", "style", "title", "desc", "text", "tspan"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("clipPath", "mask", "pattern", "marker", "linearGradient", "radialGradient", "stop"),
)
_TAGS = frozenset(f"{_SPACE}{name}" for name in _NAMES)
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_LEADS_AWAY = re.compile(r"""[@\\]|url\((?!["']?#)|expression|image-set|javascript:""", re.IGNORECASE)


def drawing(data: bytes) -> tuple[bytes, bool]:
    """The drawing, and whether something was taken out of it. Raises ValueError for what is not one."""
    text = data.decode("utf-8")
    if "<!ENTITY" in text:
        raise ValueError  # words that stand for others: a bomb, or a disguise
    try:
        # A text, not bytes: its declaration cannot choose another encoding.
        root = ET.fromstring(text)  # noqa: S314  # no entities, and expat asks for no file
    except ET.ParseError as error:
        raise ValueError from error
    if root.tag != f"{_SPACE}svg":
        raise ValueError
    changed = _clean(root)
    root.set("xmlns", _SPACE[1:-1])
    return ET.tostring(root, encoding="utf-8", xml_declaration=True), changed


def _clean(element: ET.Element) -> bool:
    changed = False
    waiting = [element]
    while waiting:
        here = waiting.pop()
        here.tag = here.tag.removeprefix(_SPACE)
        if here.tag == "style" and _LEADS_AWAY.search(here.text or ""):
            here.text, changed = "", True
        for name, value in list(here.attrib.items()):
            plain = name.rpartition("}")[2]
            here.attrib.pop(name)
            bad = name.startswith(("{", "on")) if name not in _HREFS else not value.startswith("#")
            if bad or _LEADS_AWAY.search(value):
                changed = changed or name in _HREFS or not name.startswith("{")
            else:
                here.set(plain, value)
        for child in list(here):
            if child.tag in _TAGS:
                waiting.append(child)
            else:
                here.remove(child)
                # What a drawing program notes for itself is no loss to anybody.
                changed = changed or not isinstance(child.tag, str) or child.tag.startswith(_SPACE)
    return changed
