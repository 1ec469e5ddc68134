"""Pictures of a document as files that may be published: small, without what nobody sees, without what was cut."""

import io
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from generator.base.text import Text
from generator.reading.attachments import NotCleanableError, clean
from generator.reading.word import Document, Picture

_MOST_BYTES = 25_000_000
_MOST_PIXELS = 30_000_000
_MOST_PICTURES = 20
_LONGEST_SIDE = 1_600
_LARGEST_KEPT = 500_000
"""Bytes; a picture of more, or with a longer side, is drawn anew: a reader on a phone pays for each megabyte."""
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_AS_THEY_ARE = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_ERRORS = (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, NotCleanableError)
Image.MAX_IMAGE_PIXELS = None  # this looks itself, before anything is unpacked

_ELSEWHERE = Text(
    "una imagen enlazada, que no está dentro del documento (no se descarga): insértela como imagen",
    "a linked picture, which is not in the document (it is not fetched): insert it as a picture",
)
_TOO_LARGE = Text(
    "una imagen demasiado grande o dañada («{part}»): redúzcala e insértela otra vez",
    "a picture that is too large or damaged (“{part}”): make it smaller and insert it again",
)
_UNKNOWN = Text(
    "una imagen que no es JPEG ni PNG («{part}»): guárdela así e insértela otra vez",
    "a picture that is neither JPEG nor PNG (“{part}”): save it so and insert it again",
)


@dataclass(frozen=True, slots=True)
class Pictures:
    """`names` of those that are kept, `files` by name, and of the others why not."""

    names: dict[Picture, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    refused: list[Text] = field(default_factory=list)


def kept(document: Document, pictures: Iterable[Picture]) -> Pictures:
    """The first pictures of a document, numbered in its order."""
    found = Pictures()
    for number, picture in enumerate(dict.fromkeys(pictures)):
        made = _made(document, picture) if number < _MOST_PICTURES else _TOO_LARGE
        if isinstance(made, Text):
            part = picture.part.rpartition("/")[2]
            found.refused.append(made.telling(part=part))
            continue
        suffix, data = made
        found.names[picture] = f"imagen-{len(found.files) + 1}{suffix}"
        found.files[found.names[picture]] = data
    return found


def _made(document: Document, picture: Picture) -> tuple[str, bytes] | Text:
    if not picture.part:
        return _ELSEWHERE
    data = document.data(picture, _MOST_BYTES)
    try:
        return _published(data, picture.cut) if data else _TOO_LARGE
    except _ERRORS:
        return _UNKNOWN


def _published(data: bytes, cut: tuple[float, ...]) -> tuple[str, bytes] | Text:
    image = Image.open(io.BytesIO(data), formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS:
        return _TOO_LARGE
    suffix = _AS_THEY_ARE.get(image.format or "")
    if suffix and not cut and len(data) <= _LARGEST_KEPT and max(image.size) <= _LONGEST_SIDE:
        return suffix, clean(f"x{suffix}", data).write()
    return _drawn(image, cut)


def _drawn(image: Image.Image, cut: tuple[float, ...]) -> tuple[str, bytes]:
    """The picture as it was seen, upright, without its cut-off sides, as JPEG or, if it may be a drawing, PNG."""
    is_photo = image.format in ("JPEG", "TIFF")
    image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # a large JPEG is read at the size it is needed
    seen = ImageOps.exif_transpose(image).convert("RGB" if is_photo else "RGBA")
    if cut:
        left, top, right, bottom = cut
        width, height = seen.size
        seen = seen.crop((int(left * width), int(top * height), int((1 - right) * width), int((1 - bottom) * height)))
    seen.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    made = io.BytesIO()
    seen.save(made, "JPEG" if is_photo else "PNG", **({"quality": 85} if is_photo else {"optimize": True}))
    return ".jpg" if is_photo else ".png", made.getvalue()
