"""The only reader of the repository: which files there are, and the text of those that are records."""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.text import Source, Span, Text, printable
from generator.reading.attachments import clean, look
from generator.reading.characters import decode_text
from generator.reading.places import (
    MAX_ATTACHMENT_BYTES,
    MAX_TEXT_BYTES,
    NO_PERMISSION,
    UNREADABLE,
    check_place,
    is_hidden,
    is_text,
)

_OPENING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
_Stamp = tuple[int, int, int, int]
_Found = tuple[Source | None, tuple[Diagnostic, ...]]
TOP_FOLDERS = ("cases", "content")
_NO_DRAFTS: Mapping[str, bytes] = {}
_REASONS = {
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.ENAMETOOLONG: Text("su ruta es demasiado larga", "its path is too long"),
    errno.ENOTDIR: Text("debe ser una carpeta", "it must be a folder"),
    errno.EIO: Text("el disco no responde", "the disk does not answer"),
    errno.ELOOP: Text("mientras se leía dejó de ser un archivo", "while it was read it ceased to be a file"),
    errno.EFBIG: Text("crece mientras se lee", "it grows while it is read"),
}
_DEEPEST = 8
"""Folders inside each other: nothing of ours lies deeper than four, and each costs a level of the stack to walk."""


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
        self._known: dict[str, tuple[_Stamp, _Found]] = {}

    def read(self, drafts: Mapping[str, bytes] = _NO_DRAFTS) -> Reading:
        """What is there; of a file that has a draft, the draft."""
        sources: list[Source] = []
        assets: list[Asset] = []
        diagnostics: list[Diagnostic] = []
        for path, status in self._files():
            if isinstance(status, OSError):
                diagnostics += _unreadable(path, status)
                continue
            found = list(check_place(path, status))
            blocked = any(problem.rule.severity is Severity.ERROR for problem in found)
            diagnostics += found
            if blocked:
                continue
            if not is_text(path):
                assets.append(Asset(path, status.st_size))
            source, problems = decode_text(path, drafts[path]) if path in drafts else self._found(path, status)
            diagnostics += problems
            if source:
                sources.append(source)
        return Reading(tuple(sources), tuple(assets), tuple(diagnostics))

    def data(self, path: str) -> bytes:
        """The bytes of a file that was read."""
        return (self._root / path).read_bytes()

    def _files(self) -> Iterator[tuple[str, os.stat_result | OSError]]:
        """What lies in the top folders; hidden files and folders belong to editors and systems, not to the site."""
        for top in TOP_FOLDERS:
            if (self._root / top).is_symlink():
                yield top, self._status(top)
                continue
            failed: list[OSError] = []
            for folder, subfolders, names in os.walk(self._root / top, onerror=failed.append):
                subfolders[:] = sorted(name for name in subfolders if not is_hidden(name))
                relative = Path(folder).relative_to(self._root).as_posix()
                # A link to a folder is listed, never followed: nothing outside the repository is read.
                is_deepest = relative.count("/") + 1 >= _DEEPEST
                links = [name for name in subfolders if is_deepest or os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
                if is_deepest:
                    subfolders.clear()
                for name in sorted([*names, *links]):
                    if not is_hidden(name):
                        yield f"{relative}/{name}", self._status(f"{relative}/{name}")
            for error in failed:
                yield Path(error.filename).relative_to(self._root).as_posix(), error

    def _status(self, path: str) -> os.stat_result | OSError:
        try:
            return os.lstat(self._root / path)
        except OSError as error:
            return error

    def _found(self, path: str, status: os.stat_result) -> _Found:
        """The text of a file, none of an asset, and what is wrong with what it holds."""
        stamp, known = _stamp(status), self._known.get(path)
        if known is None or known[0] != stamp:
            most = MAX_TEXT_BYTES if is_text(path) else MAX_ATTACHMENT_BYTES
            try:
                data = read_file(self._root / path, most=most)
            except OSError as error:
                return None, _unreadable(path, error)
            found = decode_text(path, data) if is_text(path) else (None, tuple(look(path, data)))
            known = self._known[path] = stamp, found
        return known[1]


@lru_cache(maxsize=64)
def _cleaned(path: Path, _stamp: _Stamp) -> bytes:
    return clean(path.as_posix(), read_file(path, most=MAX_ATTACHMENT_BYTES)).write()


def published(path: Path) -> bytes:
    """An attachment as it may be published: without what nobody sees in it."""
    return _cleaned(path, _stamp(path.lstat()))


def _stamp(status: os.stat_result) -> _Stamp:
    # The time of change too: tools can set the other one back, and a clock can go back by itself.
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def read_file(path: Path, *, most: int) -> bytes:
    """The bytes of a file that was found good. Since then it may have become a link, a pipe without an end or a giant:
    an OSError, and nothing is read.
    """
    with os.fdopen(os.open(path, _OPENING), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def _unreadable(path: str, error: OSError) -> tuple[Diagnostic, ...]:
    if isinstance(error, FileNotFoundError):
        return ()  # deleted while we looked: it is not there
    reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return (UNREADABLE.at(Source(printable(path), ""), Span(0, 0), reason=reason),)
