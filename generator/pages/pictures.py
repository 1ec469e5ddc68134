"""Pictures in a page: their size is said beforehand, smaller copies are offered, what is not in view waits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_IMAGE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ADDRESS = re.compile(r' src="([^"#][^"]*)"')
_SIZED = re.compile(r' (?:width|height)="')
COLUMN = 704
"""Pixels: the width of a text, 44rem in kb.css."""
_SHOWN_AT = "(min-width:46rem) 44rem,94vw"


@dataclass(frozen=True, slots=True)
class Picture:
    """Its width and height in pixels as it is shown, and copies in WebP by their width, the narrowest first."""

    width: int
    height: int
    copies: Mapping[int, bytes]


def copy_of(address: str, width: int) -> str:
    """Where a copy lies: beside the picture, under a name that no attachment can have."""
    return f"{address}.{width}.webp"


def framed(html: str, here: str, pictures: Mapping[str, Picture]) -> str:
    """The HTML with what is known of each image; `pictures` by their addresses in the language's site.

    What stands below the first heading waits until it is nearly in view.
    """
    first_heading = html.find("<h2") if "<h2" in html else len(html)

    def frame(tag: re.Match[str]) -> str:
        found = _ADDRESS.search(tag[1])
        if found is None:
            return tag[0]  # a figure, which is still to be drawn
        picture = pictures.get(found[1].removeprefix("../" * here.count("/")))
        size = f' width="{picture.width}" height="{picture.height}"' if picture and not _SIZED.search(tag[1]) else ""
        waits = ' loading="lazy"' if tag.start() > first_heading else ""
        image = f'<img{tag[1]}{size}{waits} decoding="async">'
        copies = ", ".join(f"{copy_of(found[1], width)} {width}w" for width in (picture.copies if picture else ()))
        source = f'<source type="image/webp" srcset="{copies}" sizes="{_SHOWN_AT}">'
        return f"<picture>{source}{image}</picture>" if copies else image

    return _IMAGE.sub(frame, html)
