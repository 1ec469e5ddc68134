"""What an attachment holds beyond what people see (place, author, device, programs), and the attachment without it."""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text
from generator.reading import personal
from generator.reading.svg import drawing
from generator.reading.tables import harmless_table

BAD_ATTACHMENT = Rule(
    "KB712",
    "attachment-not-cleanable",
    Severity.ERROR,
    Text("el archivo no se puede limpiar antes de publicarlo: {reason}", "this file cannot be cleaned: {reason}"),
    Text("ábralo, guárdelo o expórtelo de nuevo sin contraseña", "open it, and save or export it again, no password"),
)
HIDDEN_DATA = Rule(
    "KB805",
    "hidden-data",
    Severity.WARNING,
    Text("el archivo guarda {what}; se publica sin eso", "this file holds {what}; it is published without it"),
    Text(
        "quítelo también de aquí: quien puede ver el repositorio puede ver el archivo entero",
        "take it out here too: whoever can see the repository can see the whole file",
    ),
)
_DATA = Text("datos que no se ven, como el autor o el lugar", "data that nobody sees, such as author or place")
_CODE = Text("programas, estilos o enlaces que no se publican", "programs, styles or links that are not published")
_NOT_ONE = Text(
    "no es de ese tipo, está dañado o tiene contraseña", "it is not of that type, damaged or has a password"
)

_UNKNOWN = Text(
    "tiene una imagen que no es JPEG, PNG, SVG ni WebP", "it holds a picture that is neither JPEG, PNG, SVG nor WebP"
)

_JPEG_KEPT = re.compile(rb"\xe0|\xe2..ICC_PROFILE\0|\xee|[\xc0-\xdf]", re.DOTALL)
"""Segments: JFIF, colour profile, Adobe's colour transform, and those of the picture itself."""
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = re.compile(rb"IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|sBIT|bKGD|pHYs|acTL|fcTL|fdAT", re.DOTALL)
_WEBP_KEPT = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_ABOUT_A_SHEET = re.compile(r"docProps/.*\.xml|meta\.xml$")
_IN_A_SHEET = re.compile(r"xl/(?:workbook|persons/.*|comments.*|threadedComments/.*|pivotCache/.*)\.xml$|content\.xml$")
_BY_WHOM = re.compile(
    rb"""(?<=<author>)[^<]+|(?<=<dc:creator>)[^<]+|(?<=<person displayName=")[^"]+|(?<=\buserId=")[^"]+"""
    rb"""|(?<=\brefreshedBy=")[^"]+|(?<=absPath url=")[^"]+"""
)
"""Who commented, who computed a summary, in whose folder the file lay."""
_PICTURE = re.compile(r"(?:.*/media|Pictures)/.*[^/]$")
_PROGRAM = re.compile(r"(?:Basic|Scripts)/|.*vbaProject\.bin$")
_NAMES = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator|Manager|Company)>[^<]")
_ELEMENT = re.compile(rb"(?<=>)[^<]+(?=</)")
"""The words between tags: without them the file is still of its form."""
_MACROS = Text("tiene programas (macros)", "it holds programs (macros)")
_LARGEST_SHEET = 100_000_000
_DAMAGED = (ValueError, IndexError, EOFError, RuntimeError, csv.Error, struct.error, zlib.error, zipfile.BadZipFile)


class NotCleanableError(Exception):
    """The reason is a `Text`."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`hidden` says what is taken out that an author should know of; `write` makes the file without it."""

    hidden: Text | None
    write: Callable[[], bytes]


def look(path: str, data: bytes) -> Iterator[Diagnostic]:
    """What is wrong with an attachment's contents, or may be, by its name."""
    yield from personal.telling_name(path)
    if path.endswith(".csv"):
        yield from personal.find(Source(path, data.decode("utf-8", "replace")), is_table=True)
    source, start = Source(path, ""), Span(0, 0)
    try:
        hidden = clean(path, data).hidden
    except NotCleanableError as error:
        yield BAD_ATTACHMENT.at(source, start, reason=error.args[0])
        return
    if hidden:
        yield HIDDEN_DATA.at(source, start, what=hidden)


def clean(path: str, data: bytes) -> Cleaned:
    """Raises NotCleanableError for what is not of its type, is locked, or is of a type that nothing here cleans."""
    cleaner = _CLEANERS.get(PurePosixPath(path).suffix)
    if cleaner is None:
        raise NotCleanableError(_UNKNOWN)
    try:
        return cleaner(data)
    except _DAMAGED as error:
        raise NotCleanableError(_NOT_ONE) from error


def _whole(data: bytes, parts: list[bytes]) -> Cleaned:
    made = b"".join(parts)
    return Cleaned(None if made == data else _DATA, lambda: made)


def _jpeg(data: bytes) -> Cleaned:
    """ITU-T T.81 B.1: segments, the last of which is followed by the coded picture. What follows the end goes too."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError
    parts, place = [data[:2]], 2
    while found := _JPEG_MARKER.search(data, place):
        parts.append(data[place : found.start()])  # the coded picture, if any
        start = found.start(1)
        if found[1] == b"\xd9":
            return _whole(data, [*parts, b"\xff\xd9"])
        place = start + 1 + struct.unpack_from(">H", data, start + 1)[0]
        if _JPEG_KEPT.match(data, start):
            parts.append(b"\xff" + data[start:place])
        elif data[start + 3 : start + 9] == b"Exif\0\0":
            parts.append(_turned(data[start + 9 : place]))
    raise ValueError


def _turned(tiff: bytes) -> bytes:
    """A segment that says how a camera was held and nothing else: without it a photograph lies on its side."""
    order = "<" if tiff.startswith(b"II") else ">"
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", tiff, first)[0]):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == 0x0112 and 1 < value <= 8:
            entry = struct.pack(">HHIHH", 0x0112, 3, 1, value, 0)
            return b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)
    return b""


def _png(data: bytes) -> Cleaned:
    if not data.startswith(_PNG):
        raise ValueError
    parts, place = [_PNG], len(_PNG)
    while True:
        size, name = struct.unpack_from(">I4s", data, place)
        if _PNG_KEPT.fullmatch(name):
            parts.append(data[place : place + size + 12])
        place += size + 12
        if name == b"IEND":
            return _whole(data, parts)


def _webp(data: bytes) -> Cleaned:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError
    parts, place = [b"WEBP"], 12
    while place < len(data):
        name, size = struct.unpack_from("<4sI", data, place)
        chunk = bytearray(data[place : place + 8 + size + size % 2])
        if name == b"VP8X":
            chunk[8] &= ~0x0C  # no Exif, no XMP follows
        if name in _WEBP_KEPT:
            parts.append(bytes(chunk))
        place += 8 + size + size % 2
    size = sum(map(len, parts))
    return _whole(data, [struct.pack("<4sI", b"RIFF", size), *parts])


def _svg(data: bytes) -> Cleaned:
    made, changed = drawing(data)
    return Cleaned(_CODE if changed else None, lambda: made)


def _pdf(data: bytes) -> Cleaned:
    from generator.reading.pdf import document  # noqa: PLC0415  # a large library: only where there is a PDF

    told, write = document(data)
    return Cleaned(_DATA if told else None, write)


def _sheet(data: bytes) -> Cleaned:
    """ODF and OOXML: a ZIP in which files of their own tell about the document."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_SHEET:
        raise ValueError
    if any(_PROGRAM.match(name) for name in archive.namelist()):
        raise NotCleanableError(_MACROS)
    parts = [(entry, *_part(entry.filename, archive.read(entry))) for entry in archive.infolist()]
    told = any(named for _, _, named in parts)

    def write() -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as copy:
            for entry, part, _ in parts:
                # A name and nothing else: when and on what system each part was made stays behind.
                room = zipfile.ZipInfo(entry.filename)
                copy.writestr(room, part, entry.compress_type)
        return made.getvalue()

    return Cleaned(_DATA if told else None, write)


def _part(name: str, data: bytes) -> tuple[bytes, bool]:
    """A file inside a sheet without people, and whether it named some; pictures are cleaned as all are."""
    if _ABOUT_A_SHEET.match(name):
        return _ELEMENT.sub(b"", data), bool(_NAMES.search(data))
    if _IN_A_SHEET.match(name):
        made = _BY_WHOM.sub(b"-", data)
        return made, made != data
    if _PICTURE.match(name):
        cleaned = clean(name.lower(), data)
        return (cleaned.write() if cleaned.hidden else data), bool(cleaned.hidden)
    return data, False


def _table(data: bytes) -> Cleaned:
    made = harmless_table(data)
    return Cleaned(None, lambda: made)


_CLEANERS: Mapping[str, Callable[[bytes], Cleaned]] = {
    ".csv": _table,
    ".jpeg": _jpeg,
    ".jpg": _jpeg,
    ".ods": _sheet,
    ".pdf": _pdf,
    ".png": _png,
    ".svg": _svg,
    ".webp": _webp,
    ".xlsx": _sheet,
}
ATTACHMENT_TYPES = tuple(_CLEANERS)
"""What is published: nothing that cannot be cleaned."""
