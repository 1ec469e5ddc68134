"""What a file's path says of its record: its type, its id, its language."""

import posixpath
from pathlib import PurePosixPath

from generator.base.text import LANGUAGES, Lang
from generator.model.record import Record
from generator.records import RECORD_CLASSES
from generator.records.page import Page


def record_class(path: str) -> type[Record] | None:
    """The class of the records in a file's folder."""
    folder = path.rpartition("/")[0]
    if folder.startswith(Page.kind.folder):
        return Page
    return next((found for found in RECORD_CLASSES if found.kind.folder == folder), None)


def record_id(path: str) -> str:
    """A record's id: its file's stem; a page's, its path, so that the Spanish and the English ones are two."""
    if path.startswith(f"{Page.kind.folder}/"):
        return "page:" + posixpath.splitext(posixpath.relpath(path, Page.kind.folder))[0]
    return posixpath.splitext(posixpath.basename(path))[0]


def translation_language(path: str) -> Lang | None:
    """`agua.en.md` is the English translation of `agua.md`."""
    suffixes = posixpath.basename(path).split(".")[1:]
    return next((lang for lang in LANGUAGES if len(suffixes) == 2 and suffixes[0] == lang), None)


def original_path(path: str) -> str:
    """The file that a translation translates; of an original, itself."""
    return str(PurePosixPath(path).with_suffix("").with_suffix(".md"))
