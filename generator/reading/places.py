"""Where a file may lie, and under which name: before anything of it is read."""

import os
import posixpath
import re
import stat
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import LANGUAGES, Source, Span, Text, printable, slug
from generator.reading.attachments import ATTACHMENT_TYPES

RECORD_FOLDERS = (
    "cases",
    "content/glossary",
    "content/minutes",
    "content/organizations",
    "content/pages",
    "content/practices",
)
DATA_FOLDERS = ("content/data", "content/vocabularies")
MAX_TEXT_BYTES = 1_000_000
MAX_ATTACHMENT_BYTES = 5_000_000
_TEXT_TYPES = ("", ".markdown", ".text", ".txt")
_DATA_TYPES = (".csv", ".yml")
_PAGES = "content/pages/"
_PAGE_FOLDERS = tuple(f"{_PAGES}{lang}" for lang in LANGUAGES)
_LONGEST_NAME = 100
_GOOD_FOLDER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GOOD_NAME = re.compile(rf"{_GOOD_FOLDER.pattern}(?:\.(?:en|es))?\.[a-z0-9]+")
_WINDOWS_NAMES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_WINDOWS_HIDES = ("desktop.ini", "ehthumbs.db", "thumbs.db")

BAD_FILE_NAME = Rule(
    "KB105",
    "bad-file-name",
    Severity.ERROR,
    Text("el nombre «{name}» no sirve como dirección web", "name “{name}” cannot be a web address"),
    Text(
        "use minúsculas sin tildes, cifras y guiones: «{better}»",
        "use lower-case letters without accents, digits and hyphens: “{better}”",
    ),
)
UNKNOWN_FOLDER = Rule(
    "KB106",
    "unknown-folder",
    Severity.ERROR,
    Text("este archivo no va en la carpeta «{folder}»", "this file does not belong in folder “{folder}”"),
    Text("muévalo a una de estas: {folders}", "move it to one of: {folders}"),
)
TOO_LARGE = Rule(
    "KB107",
    "file-too-large",
    Severity.ERROR,
    Text("el archivo ocupa {size} y el máximo es {limit}", "the file takes {size}, the limit is {limit}"),
    Text(
        "divida el texto o pase las tablas a un adjunto CSV", "split the text, or move its tables to a CSV attachment"
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
UNREADABLE = Rule(
    "KB109",
    "unreadable-file",
    Severity.ERROR,
    Text("no se puede leer: {reason}", "this cannot be read: {reason}"),
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

NO_PERMISSION = Text("falta el permiso de lectura", "read permission is missing")
_ATTACHMENT_FOLDER = Text(
    "una ficha termina en «.md»; un adjunto va en una carpeta con el nombre de su ficha, como «cases/agua/»",
    "a record ends in “.md”; an attachment goes into a folder named after its record, such as “cases/agua/”",
)
_CALL_IT = Text("una ficha termina en «.md»: llámelo «{better}»", "a record ends in “.md”: call it “{better}”")
_ONLY_TYPES = Text("aquí solo van archivos que terminan en {types}", "only files that end in {types} go here")


def is_hidden(name: str) -> bool:
    """Whether its owner does not see a file or folder: Windows hides its own, and what its office programs lock."""
    return name.startswith((".", "~$")) or name.lower() in _WINDOWS_HIDES


def check_place(path: str, status: os.stat_result) -> Iterator[Diagnostic]:
    (folder, name), suffix = posixpath.split(path), posixpath.splitext(path)[1].lower()
    source, start = Source(printable(path), ""), Span(0, 0)
    if stat.S_ISDIR(status.st_mode):
        yield _misplaced(source, folder, suffix, name)
        return
    if not stat.S_ISREG(status.st_mode):
        yield SYMBOLIC_LINK.at(source, start)
        return
    if not status.st_mode & 0o444:
        # Root could read it, others could not: what is found must not depend on who looks.
        yield UNREADABLE.at(source, start, reason=NO_PERMISSION)
    if not _may_lie_in(folder, suffix):
        yield _misplaced(source, folder, suffix, name)
        return
    for bad in _bad_names(path):
        yield BAD_FILE_NAME.at(source, start, name=printable(bad), better=better_name(bad))
    if _holds_text(folder, suffix):
        if status.st_size > MAX_TEXT_BYTES:
            yield TOO_LARGE.at(source, start, size=_size(status.st_size), limit=_size(MAX_TEXT_BYTES))
    elif suffix not in ATTACHMENT_TYPES:
        yield FORBIDDEN_TYPE.at(source, start, type=printable(suffix or name), types=" ".join(ATTACHMENT_TYPES))
    elif status.st_size > MAX_ATTACHMENT_BYTES:
        yield ATTACHMENT_TOO_LARGE.at(source, start, size=_size(status.st_size), limit=_size(MAX_ATTACHMENT_BYTES))


def is_text(path: str) -> bool:
    """Records and pages in their own folders, vocabularies and data tables; whatever lies deeper is an asset."""
    return _holds_text(posixpath.dirname(path), posixpath.splitext(path)[1])


def _holds_text(folder: str, suffix: str) -> bool:
    return (suffix == ".md" and _record_folder(folder)) or (suffix in _DATA_TYPES and folder in DATA_FOLDERS)


def _record_folder(folder: str) -> bool:
    return folder in RECORD_FOLDERS or folder.startswith(_PAGES)


def _may_lie_in(folder: str, suffix: str) -> bool:
    """Texts in the folders of records and data; attachments one level below a record folder."""
    return _holds_text(folder, suffix) or (suffix != ".md" and _attachment_folder(folder))


def _attachment_folder(folder: str) -> bool:
    above = posixpath.dirname(folder)
    return above in _PAGE_FOLDERS or (above in RECORD_FOLDERS and not _record_folder(folder))


def _misplaced(source: Source, folder: str, suffix: str, name: str) -> Diagnostic:
    hint = None
    if folder in DATA_FOLDERS or f"{folder}/".startswith(_PAGES):
        hint = _ONLY_TYPES
    elif suffix in _TEXT_TYPES and _record_folder(folder):
        hint = _CALL_IT
    elif suffix != ".md":
        hint = _ATTACHMENT_FOLDER
    return UNKNOWN_FOLDER.at(
        source,
        Span(0, 0),
        hint=hint,
        folder=printable(folder),
        better=better_name(re.sub(r"(?:\.md)?(?:\.[a-z]+)?$", "", name.lower()) + ".md"),
        folders=", ".join(RECORD_FOLDERS),
        types=" ".join(_DATA_TYPES if folder in DATA_FOLDERS else (".md",)),
    )


def _bad_names(path: str) -> Iterator[str]:
    *folders, name = path.split("/")
    for folder in folders:
        if not _GOOD_FOLDER.fullmatch(folder) or _WINDOWS_NAMES.match(folder):
            yield folder
    if not _GOOD_NAME.fullmatch(name) or _WINDOWS_NAMES.match(name) or len(name) > _LONGEST_NAME:
        yield name


def better_name(name: str) -> str:
    """A good name as near as possible; a translation's keeps its language."""
    place = PurePosixPath(re.sub(r"_(en|es)(?=\.md$)", r".\1", name.lower()))
    inner = PurePosixPath(place.stem)
    language = inner.suffix if inner.suffix in (".en", ".es") else ""
    better = slug(inner.stem if language else place.stem)[: _LONGEST_NAME // 2].strip("-") or "ficha"
    if _WINDOWS_NAMES.match(better):
        better = f"{better}-1"
    return better + language + (f".{slug(place.suffix)}" if slug(place.suffix) else "")


def _size(size: int) -> str:
    """Rounded up, so that what is over a limit never looks equal to it."""
    return f"{-(-size // 100_000) / 10} MB"
