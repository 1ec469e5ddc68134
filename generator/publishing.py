"""Puts a built site where people find it: all of it at once, or nothing."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.exports.export import Export
from generator.staging import remove, swap

try:
    import fcntl
except ImportError:  # pragma: no cover  # Windows: previews there build one at a time
    fcntl = None  # type: ignore[assignment]


class Publication:
    """The next edition of a site, put together beside the one that people see."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._beside = site.with_name(f".{site.name}.next")
        remove(self._beside)

    def lay(self, folder: Path, place: str) -> None:
        """Puts a built folder in its place in the site. Places may be laid side by side by several processes.

        The files are linked, not copied; the engine replaces what it builds and never writes into it, and builds
        anew what somebody else wrote into.
        """
        shutil.copytree(folder, self._beside / place, copy_function=_link, dirs_exist_ok=True)

    def add(self, files: Iterable[Export]) -> None:
        for file in files:
            target = self._beside / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content)

    def publish(self) -> None:
        """Puts the whole in the place of what was there."""
        swap(self._beside, self._site)
        shutil.rmtree(self._beside, ignore_errors=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One build at a time in a folder. The lock is the kernel's: it goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
