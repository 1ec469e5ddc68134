"""Copies of a picture for small screens and little data: the same bytes for the same picture."""

import io
import re
import struct

from PIL import Image, ImageOps

from generator.pages.pictures import COLUMN, Picture

WIDTHS = (480, 720, 1080, 1440)
"""Pixels: an old phone, phones with two and with three pixels to a point, a text's width on a fine screen."""
MOST_PIXELS = 40_000_000
"""Of larger pictures no copy is made: unpacked, this many take 160 MB."""
Image.MAX_IMAGE_PIXELS = None  # this looks itself, before anything is unpacked
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
_LITTLE = 10_000
"""Bytes: a smaller file needs no copy."""
_FEW_COLOURS = 4096
"""No more, and it is a drawing, whose lines and letters must stay sharp; a photograph has far more."""
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error)
"""What Pillow says of a file that ends too soon or lies about itself."""
_SIZE = re.compile(rb'<svg\b[^>]*?\swidth="([\d.]+)(?:px)?"[^>]*?\sheight="([\d.]+)(?:px)?"')
_BOX = re.compile(rb'<svg\b[^>]*?\sviewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*"')


def scaled(data: bytes) -> Picture:
    """A JPEG, PNG or WebP file as a picture; without width and height where it cannot be opened."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            lies = image.getexif().get(0x0112, 1) > 4  # Exif, Orientation: its rows are columns
            width, height = reversed(image.size) if lies else image.size
            is_plain = image.mode in _MODES and not getattr(image, "is_animated", False)
            if not is_plain or len(data) < _LITTLE or width * height > MOST_PIXELS:
                return Picture(width, height, {})
            image.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # of a JPEG no more is unpacked than is needed
            return Picture(width, height, _copies(ImageOps.exif_transpose(image), width, len(data)))
    except _BROKEN:
        return Picture(0, 0, {})


def _copies(image: Image.Image, width: int, largest: int) -> dict[int, bytes]:
    """Only those that are worth it: smaller than the original, and than the next wider copy."""
    # The profile of greys means nothing to the colours that a copy has.
    profile = image.info.get("icc_profile", b"") if image.mode in ("P", "RGB", "RGBA") else b""
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    is_drawing = image.getcolors(_FEW_COLOURS) is not None
    copies: dict[int, bytes] = {}
    for wide in sorted({min(each, width) for each in WIDTHS}, reverse=True):
        made, high = io.BytesIO(), max(1, round(image.height * wide / image.width))
        small = image.resize((wide, high), Image.Resampling.LANCZOS)
        small.save(made, "WEBP", quality=78, method=5, lossless=is_drawing, icc_profile=profile)
        if len(made.getvalue()) < largest:
            copies[wide] = made.getvalue()
            largest = len(copies[wide])
    return dict(sorted(copies.items()))


def drawn(svg: bytes) -> Picture:
    """An SVG file as a picture, as large as it says; one that says only its proportions fills the text's width."""
    told = _SIZE.search(svg)
    found = told or _BOX.search(svg)
    try:
        width, height = map(float, found.groups()) if found else (0.0, 0.0)
        scale = 1 if told else COLUMN / width
        return Picture(round(width * scale), round(height * scale), {})
    except (ValueError, ZeroDivisionError, OverflowError):
        return Picture(0, 0, {})
