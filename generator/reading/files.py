"""The only reader of the repository: which files there are, and the text of those that are records."""

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.text import Source, Span, Text
from generator.reading.characters import decode_text
from generator.reading.places import NO_PERMISSION, UNREADABLE, check_place, is_text, printable

TOP_FOLDERS = ("cases", "content")
_NO_DRAFTS: Mapping[str, bytes] = {}
_REASONS = {
    errno.EACCES: NO_PERMISSION,
    errno.EPERM: NO_PERMISSION,
    errno.ENAMETOOLONG: Text("su ruta es demasiado larga", "its path is too long"),
    errno.ENOTDIR: Text("debe ser una carpeta", "it must be a folder"),
    errno.EIO: Text("el disco no responde", "the disk does not answer"),
}


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
                continue
            source, problems = decode_text(path, drafts[path]) if path in drafts else self._text(path, status)
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
                subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
                relative = Path(folder).relative_to(self._root).as_posix()
                # A link to a folder is listed, never followed: nothing outside the repository is read.
                links = [name for name in subfolders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
                for name in sorted([*names, *links]):
                    if not name.startswith("."):
                        yield f"{relative}/{name}", self._status(f"{relative}/{name}")
            for error in failed:
                yield Path(error.filename).relative_to(self._root).as_posix(), error

    def _status(self, path: str) -> os.stat_result | OSError:
        try:
            return os.lstat(self._root / path)
        except OSError as error:
            return error

    def _text(self, path: str, status: os.stat_result) -> tuple[Source | None, tuple[Diagnostic, ...]]:
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if (known := self._texts.get(path)) and known[0] == stamp:
            return known[1], known[2]
        try:
            data = (self._root / path).read_bytes()
        except OSError as error:
            return None, _unreadable(path, error)
        source, problems = decode_text(path, data)
        if source:
            self._texts[path] = (stamp, source, problems)
        return source, problems


def _unreadable(path: str, error: OSError) -> tuple[Diagnostic, ...]:
    if isinstance(error, FileNotFoundError):
        return ()  # deleted while we looked: it is not there
    reason = _REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return (UNREADABLE.at(Source(printable(path), ""), Span(0, 0), reason=reason),)
