"""Puts a built site where people find it: all of it at once, or nothing."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.exports.export import Export
from generator.staging import swap

try:
    import fcntl
except ImportError:  # pragma: no cover  # Windows: previews there build one at a time
    fcntl = None  # type: ignore[assignment]


def publish(site: Path, parts: Mapping[str, Path], files: Iterable[Export]) -> None:
    """Assembles built folders (by their place in the site) and files beside `site`, then swaps the two."""
    beside = site.with_name(f".{site.name}.next")
    shutil.rmtree(beside, ignore_errors=True)
    for place, folder in sorted(parts.items()):
        shutil.copytree(folder, beside / place, dirs_exist_ok=True)
    for file in files:
        target = beside / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    swap(beside, site)
    shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One build at a time in a folder. The lock is the kernel's: it goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
