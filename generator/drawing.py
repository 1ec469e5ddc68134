"""Draws preview images: 1200 × 630 pixels in sixteen colours, the same bytes for the same words.

Thousands are drawn at a time: each glyph is rasterized once and then pasted, and the file is packed here, which takes
two milliseconds an image where a text drawn and saved by Pillow takes ten.
"""

import re
import struct
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator.pages.preview import Preview

WIDTH, HEIGHT = 1200, 630
MARGIN, STRIP = 72, 104
LEADING = 1.16
TITLE_TOP, TITLE_HEIGHT, PLACE_HEIGHT = 132, 290, 56

Corners = Sequence[tuple[float, float]]
Ink = tuple[int, int]
"""Where its shades begin in the palette, and how many there are."""

_RAMPS = (("paper", "ink", 4), ("paper", "type", 3), ("strip", "strip-ink", 2))
"""Colours of which the palette holds shades, from the first (left out) to the second."""
_FLAT = ("paper", "strip", "near", "valley", "sea", "far")
_INKS = {"ink": (6, 4), "type": (10, 3), "strip-ink": (13, 2)}
# In the mark's own units, 48 to a side: as overrides/assets/mark.svg, the curves as straight lines.
_MARK: Mapping[str, Corners] = {
    "far": [(18, 36), (32, 12), (46, 36)],
    "near": [(2, 36), (15, 6), (29, 36)],
    "valley": [(24.5, 25), (23, 29), (20, 32.5), (15.5, 36), (34.5, 36), (29, 32.5), (26, 29)],
    "sea": [(1, 36), (47, 36), (44, 38.3), (35, 39), (28.5, 37.6), (22, 39), (9, 41), (4, 39.8)],
}


@dataclass(frozen=True)
class Style:
    """Colours (`#rrggbb`, light scheme) and the types' signs (corners from 0 to 1), as the stylesheet declares them."""

    colours: Mapping[str, str]
    signs: Mapping[str, Corners]

    @classmethod
    def of(cls, css: str) -> "Style":
        declared = re.findall(r"--([a-z-]+): (#[0-9a-f]{6})\b", css)
        rules = re.findall(r"\.kb-([a-z]+) \{[^}]*--sign: polygon\(([^)]*)\)", css)
        corner = re.compile(r"(\d+)%? (\d+)%?")
        signs = {name: tuple((int(x) / 100, int(y) / 100) for x, y in corner.findall(told)) for name, told in rules}
        return cls(dict(reversed(declared)), signs)


class Face:
    """A font in one size, which remembers how wide words are and what letters look like.

    Pillow's basic engine is in every build of it, and measures the OpenType files right where it fails on the TrueType
    ones («»); it knows no kerning.
    """

    def __init__(self, weight: str, size: int) -> None:
        font = files("font_source_serif_pro").joinpath(f"files/SourceSerifPro-{weight}.otf").read_bytes()
        self._font = ImageFont.truetype(BytesIO(font), size, layout_engine=ImageFont.Layout.BASIC)
        self.size = size
        self._widths: dict[str, float] = {}
        self._glyphs: dict[tuple[str, Ink], tuple[Image.Image, Image.Image, int, int] | None] = {}

    def width(self, text: str) -> float:
        """Pixels."""
        if text not in self._widths:
            self._widths[text] = self._font.getlength(text) if len(text) == 1 else sum(map(self.width, text))
        return self._widths[text]

    def write(self, image: Image.Image, x: float, baseline: int, text: str, ink: Ink) -> None:
        for char in text:
            if glyph := self._glyph(char, ink):
                tile, mask, left, top = glyph
                image.paste(tile, (round(x) + left, baseline + top), mask)
            x += self.width(char)

    def _glyph(self, char: str, ink: Ink) -> tuple[Image.Image, Image.Image, int, int] | None:
        key, (first, shades) = (char, ink), ink
        if key not in self._glyphs:
            left, top, right, bottom = map(int, self._font.getbbox(char, anchor="ls"))
            self._glyphs[key] = None
            if right > left and bottom > top:
                drawn = Image.new("L", (right - left, bottom - top))
                ImageDraw.Draw(drawn).text((-left, -top), char, fill=255, font=self._font, anchor="ls")
                shade = [(value * shades + 127) // 255 for value in range(256)]
                tile = Image.frombytes("P", drawn.size, drawn.point([first + max(s, 1) - 1 for s in shade]).tobytes())
                self._glyphs[key] = tile, drawn.point([255 if s else 0 for s in shade]), left, top
        return self._glyphs[key]


@dataclass(frozen=True, slots=True)
class Setting:
    """Words in lines, all of them, in the largest size in which they fit."""

    face: Face
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        return round(len(self.lines) * self.face.size * LEADING)


def set_in(text: str, width: int, height: int, weight: str, largest: int) -> Setting:
    """Sets a text in a box, given in pixels. A word wider than the box is broken rather than cut off."""
    words = unicodedata.normalize("NFC", text).split()
    for size in range(largest, 0, -4):
        face = face_of(weight, size)
        found = Setting(face, wrap(face, words, width))
        if found.height <= height:
            break
    for narrow in range(width // 2, width, width // 16):  # as many lines, but of about one length
        lines = wrap(face, words, narrow)
        if len(lines) == len(found.lines):
            return Setting(face, lines)
    return found


def wrap(face: Face, words: list[str], width: int) -> tuple[str, ...]:
    lines, used = [""], 0.0
    for word in words:
        needed = face.width(word)
        if lines[-1] and used + face.width(" ") + needed <= width:
            lines[-1] += f" {word}"
            used += face.width(" ") + needed
            continue
        lines += [""] if lines[-1] else []
        used = needed
        if needed <= width:
            lines[-1] = word
            continue
        for char in word:
            if lines[-1] and face.width(lines[-1] + char) > width:
                lines.append("")
            lines[-1] += char
        used = face.width(lines[-1])
    return tuple(lines)


@cache
def face_of(weight: str, size: int) -> Face:
    return Face(weight, size)


class Drawer:
    """Draws in one style, with the site's name below."""

    def __init__(self, style: Style, site_name: str) -> None:
        self._style = style
        self._name = site_name
        self._grounds: dict[str, Image.Image] = {}

    def draw(self, preview: Preview) -> bytes:
        """The PNG file."""
        if preview.kind not in self._grounds:
            self._grounds[preview.kind] = self._ground(preview.kind)
        image = self._grounds[preview.kind].copy()
        indent = 58 if preview.kind in self._style.signs else 0
        _put(image, set_in(preview.label, WIDTH - 2 * MARGIN - indent, 50, "Semibold", 38), MARGIN + indent, 66, "type")
        for setting, top in settings_of(preview):
            _put(image, setting, MARGIN, top, "ink")
        return _png(image, self._palette(preview.kind))

    def _ground(self, kind: str) -> Image.Image:
        """What all pictures of a type share. Drawn large and made small, which rounds the edges."""
        scale, top = 4, HEIGHT - STRIP
        colours = self._colours(kind)
        large = Image.new("RGB", (WIDTH * scale, HEIGHT * scale), colours["paper"])
        draw = ImageDraw.Draw(large)
        draw.rectangle((0, top * scale, WIDTH * scale, HEIGHT * scale), fill=colours["strip"])
        for number, name in enumerate(("near", "valley", "sea")):
            left = WIDTH * scale * number // 3
            draw.rectangle((left, (top - 8) * scale, left + WIDTH * scale // 3, top * scale - 1), fill=colours[name])
        shapes: list[tuple[str, Corners, float, int, int]] = [
            (name, corners, 1.5, MARGIN, top + 14) for name, corners in _MARK.items()
        ]
        shapes.append(("type", self._style.signs.get(kind, ()), 40, MARGIN, 68))
        for name, corners, unit, left, upper in shapes:
            placed = [((left + x * unit) * scale, (upper + y * unit) * scale) for x, y in corners]
            if placed:
                draw.polygon(placed, fill=colours[name])
        table = Image.new("P", (1, 1))
        table.putpalette(self._palette(kind))
        small = large.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        ground = small.quantize(palette=table, dither=Image.Dither.NONE)
        below = set_in(self._name, WIDTH - 2 * MARGIN - 96, 60, "Semibold", 36)
        _put(ground, below, MARGIN + 96, HEIGHT - (STRIP + below.height) // 2, "strip-ink")
        return ground

    def _colours(self, kind: str) -> dict[str, str]:
        return {**self._style.colours, "type": self._style.colours[kind or "strip"]}

    def _palette(self, kind: str) -> bytes:
        rgb = {name: bytes.fromhex(colour[1:]) for name, colour in self._colours(kind).items()}
        found = [rgb[name] for name in _FLAT]
        for start, end, count in _RAMPS:
            found += [
                bytes(a + (b - a) * shade // count for a, b in zip(rgb[start], rgb[end], strict=True))
                for shade in range(1, count + 1)
            ]
        return b"".join(found)


def settings_of(preview: Preview) -> list[tuple[Setting, int]]:
    """The title and the place, each with the height at which it begins."""
    room = WIDTH - 2 * MARGIN
    title = set_in(preview.title, room, TITLE_HEIGHT + (0 if preview.place else PLACE_HEIGHT), "Bold", 92)
    place = set_in(preview.place, room, PLACE_HEIGHT, "Semibold", 38)
    return [(title, TITLE_TOP), (place, HEIGHT - STRIP - 20 - PLACE_HEIGHT)]


def _put(image: Image.Image, setting: Setting, left: int, top: int, colour: str) -> None:
    for number, line in enumerate(setting.lines):
        baseline = top + round((number + 0.86) * setting.face.size * LEADING)
        setting.face.write(image, left, baseline, line, _INKS[colour])


def _png(image: Image.Image, palette: bytes) -> bytes:
    """Four bits a pixel, no filter: what the format's specification advises for few colours."""
    rows = image.tobytes("raw", "P;4")
    lines = b"".join(b"\0" + rows[at : at + WIDTH // 2] for at in range(0, len(rows), WIDTH // 2))
    packing = zlib.compressobj(strategy=zlib.Z_RLE)  # half the time of the usual strategy, for a fifth more bytes
    packed = packing.compress(lines) + packing.flush()
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", packed), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
