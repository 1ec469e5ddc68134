"""The only reader of the repository: which files there are, and the text of those that are records."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text, slug

RECORD_FOLDERS = (
    "cases",
    "content/glossary",
    "content/minutes",
    "content/organizations",
    "content/pages",
    "content/practices",
)
DATA_FOLDERS = ("content/data", "content/vocabularies")
TOP_FOLDERS = ("cases", "content")
MAX_TEXT_BYTES = 1_000_000
MAX_ATTACHMENT_BYTES = 5_000_000
ATTACHMENT_TYPES = (".avif", ".csv", ".gif", ".jpeg", ".jpg", ".ods", ".pdf", ".png", ".svg", ".webp", ".xlsx")
_TEXT_TYPES = (".md", ".yml", ".csv")
_GOOD_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:en|es))?\.[a-z0-9]+")
_WINDOWS_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
# Control characters, bidirectional overrides and invisible joints: nothing an author types on purpose.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)

NOT_UTF8 = Rule(
    "KB101",
    "not-utf8",
    Severity.ERROR,
    Text(
        "el archivo no está en UTF-8: el byte {byte} no se puede leer",
        "the file is not UTF-8: byte {byte} cannot be read",
    ),
    Text(
        "guárdelo de nuevo con la codificación «UTF-8»; lo leído hasta ahí: «{before}»",
        "save it again with encoding “UTF-8”; what was read up to there: “{before}”",
    ),
)
BYTE_ORDER_MARK = Rule(
    "KB102",
    "byte-order-mark",
    Severity.WARNING,
    Text(
        "el archivo empieza con una marca invisible (BOM)",
        "the file starts with an invisible mark (BOM)",
    ),
    Text("guárdelo como «UTF-8» y no «UTF-8 con BOM»", "save it as “UTF-8”, not “UTF-8 with BOM”"),
)
WINDOWS_LINES = Rule(
    "KB103",
    "windows-line-endings",
    Severity.WARNING,
    Text(
        "los finales de línea son de Windows (CRLF) y no de Unix (LF)",
        "line endings are Windows' (CRLF), not Unix' (LF)",
    ),
    Text("elija «LF» en su editor y guarde de nuevo", "choose “LF” in your editor and save again"),
)
FORBIDDEN_CHARACTER = Rule(
    "KB104",
    "forbidden-character",
    Severity.ERROR,
    Text(
        "hay un carácter invisible o de control ({character})",
        "there is an invisible or control character ({character})",
    ),
    Text(
        "bórrelo: suele venir de copiar y pegar; vuelva a escribir la palabra a mano",
        "delete it: it usually comes with copy and paste; type the word again by hand",
    ),
)
BAD_FILE_NAME = Rule(
    "KB105",
    "bad-file-name",
    Severity.ERROR,
    Text("el nombre de archivo «{name}» no sirve como dirección web", "file name “{name}” cannot be a web address"),
    Text(
        "use minúsculas sin tildes, cifras y guiones: «{better}»",
        "use lower-case letters without accents, digits and hyphens: “{better}”",
    ),
)
UNKNOWN_FOLDER = Rule(
    "KB106",
    "unknown-folder",
    Severity.ERROR,
    Text("ningún tipo de ficha vive en la carpeta «{folder}»", "no type of record lives in folder “{folder}”"),
    Text("muévalo a una de estas: {folders}", "move it to one of: {folders}"),
)
TOO_LARGE = Rule(
    "KB107",
    "file-too-large",
    Severity.ERROR,
    Text("el archivo ocupa {size} y el máximo es {limit}", "the file takes {size}, the limit is {limit}"),
    Text(
        "divida el texto o pase las tablas a un adjunto CSV",
        "split the text, or move its tables to a CSV attachment",
    ),
)
SYMBOLIC_LINK = Rule(
    "KB108",
    "symbolic-link",
    Severity.ERROR,
    Text(
        "es un enlace simbólico o un archivo especial, no un archivo",
        "this is a symbolic link or a special file, not a file",
    ),
    Text("copie el archivo mismo en la carpeta", "copy the file itself into the folder"),
)
VANISHED = Rule(
    "KB109",
    "unreadable-file",
    Severity.ERROR,
    Text("el archivo no se puede leer: {reason}", "the file cannot be read: {reason}"),
    Text("revise sus permisos o vuelva a guardarlo", "check its permissions or save it again"),
)
FORBIDDEN_TYPE = Rule(
    "KB705",
    "forbidden-attachment-type",
    Severity.ERROR,
    Text("no se publican adjuntos de tipo «{type}»", "attachments of type “{type}” are not published"),
    Text("conviértalo a uno de estos: {types}", "convert it to one of: {types}"),
)
ATTACHMENT_TOO_LARGE = Rule(
    "KB706",
    "attachment-too-large",
    Severity.ERROR,
    Text("el adjunto ocupa {size} y el máximo es {limit}", "the attachment takes {size}, the limit is {limit}"),
    Text(
        "redúzcalo: quien lee desde un teléfono paga por cada megabyte",
        "make it smaller: a reader on a phone pays for each megabyte",
    ),
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file published as it is: an attachment or an image of a record."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the disk held: texts (records, pages, vocabularies, data), assets, and what was wrong with files."""

    sources: tuple[Source, ...]
    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...]


class Reader:
    """Reads a repository again and again; a file whose size and times did not change keeps its text."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._texts: dict[str, tuple[tuple[int, int, int], Source, tuple[Diagnostic, ...]]] = {}

    def read(self) -> Reading:
        sources: list[Source] = []
        assets: list[Asset] = []
        diagnostics: list[Diagnostic] = []
        for path, status in self._files():
            found = list(_check_place(path, status))
            blocked = any(problem.rule.severity is Severity.ERROR for problem in found)
            diagnostics += found
            if blocked:
                continue
            if not _is_text(path):
                assets.append(Asset(path, status.st_size))
                continue
            source, problems = self._text(path, status)
            diagnostics += problems
            if source:
                sources.append(source)
        return Reading(tuple(sources), tuple(assets), tuple(diagnostics))

    def _files(self) -> Iterator[tuple[str, os.stat_result]]:
        for top in TOP_FOLDERS:
            for folder, subfolders, names in os.walk(self._root / top):
                subfolders.sort()
                relative = Path(folder).relative_to(self._root).as_posix()
                # A link to a folder is listed, never followed: nothing outside the repository is read.
                links = [name for name in subfolders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
                for name in sorted([*names, *links]):
                    if not name.startswith("."):
                        try:
                            yield f"{relative}/{name}", os.lstat(os.path.join(folder, name))  # noqa: PTH118
                        except FileNotFoundError:
                            continue  # deleted while we walked: it is not there

    def _text(self, path: str, status: os.stat_result) -> tuple[Source | None, tuple[Diagnostic, ...]]:
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if (known := self._texts.get(path)) and known[0] == stamp:
            return known[1], known[2]
        try:
            data = (self._root / path).read_bytes()
        except OSError as error:
            return None, (VANISHED.at(Source(path, ""), Span(0, 0), reason=error.strerror or type(error).__name__),)
        source, problems = decode_text(path, data)
        if source:
            self._texts[path] = (stamp, source, problems)
        return source, problems


def decode_text(path: str, data: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Bytes as text with `\\n` line ends and without a byte order mark; None where they are not UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        source = Source(path, before)
        place = Span(max(len(before) - 1, 0), len(before))
        return None, (NOT_UTF8.at(source, place, byte=f"0x{data[error.start]:02X}", before=before[-20:].strip()),)
    has_mark = text.startswith("\ufeff")
    has_windows_lines = "\r\n" in text
    if has_mark:
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, text)
    problems = []
    if has_mark:
        problems.append(BYTE_ORDER_MARK.at(source, Span(0, 0)))
    if has_windows_lines:
        problems.append(WINDOWS_LINES.at(source, Span(0, 0)))
    if bad := _FORBIDDEN.search(text):
        problems.append(FORBIDDEN_CHARACTER.at(source, Span(*bad.span()), character=f"U+{ord(bad[0]):04X}"))
    return source, tuple(problems)


def _is_text(path: str) -> bool:
    """Records and pages in their own folders, vocabularies and data tables; whatever lies deeper is an asset."""
    folder, suffix = PurePosixPath(path).parent.as_posix(), PurePosixPath(path).suffix
    if folder in DATA_FOLDERS:
        return suffix in _TEXT_TYPES
    return suffix == ".md" and _record_folder(folder)


def _record_folder(folder: str) -> bool:
    return folder in RECORD_FOLDERS or folder.startswith("content/pages/")


def _check_place(path: str, status: os.stat_result) -> Iterator[Diagnostic]:
    place = PurePosixPath(path)
    folder, name = place.parent.as_posix(), place.name
    source, start = Source(path, ""), Span(0, 0)
    if not stat.S_ISREG(status.st_mode):
        yield SYMBOLIC_LINK.at(source, start)
        return
    if not _known_folder(folder) or (_record_folder(folder) and place.suffix != ".md"):
        yield UNKNOWN_FOLDER.at(source, start, folder=folder, folders=", ".join(RECORD_FOLDERS))
        return
    if not _GOOD_NAME.fullmatch(name) or _WINDOWS_NAMES.match(name) or len(name) > 100:
        yield BAD_FILE_NAME.at(source, start, name=_printable(name), better=_better_name(name))
    if _is_text(path):
        if status.st_size > MAX_TEXT_BYTES:
            yield TOO_LARGE.at(source, start, size=_size(status.st_size), limit=_size(MAX_TEXT_BYTES))
        return
    if place.suffix not in ATTACHMENT_TYPES:
        yield FORBIDDEN_TYPE.at(source, start, type=place.suffix or name, types=" ".join(ATTACHMENT_TYPES))
    elif status.st_size > MAX_ATTACHMENT_BYTES:
        yield ATTACHMENT_TOO_LARGE.at(source, start, size=_size(status.st_size), limit=_size(MAX_ATTACHMENT_BYTES))


def _known_folder(folder: str) -> bool:
    """A record folder, a data folder, or the folder of a record's attachments (one level below)."""
    parent = PurePosixPath(folder).parent.as_posix()
    return folder in DATA_FOLDERS or _record_folder(folder) or parent in RECORD_FOLDERS


def _better_name(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    return (slug(stem) or "ficha") + (dot + slug(suffix) if dot else "")


def _printable(name: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
