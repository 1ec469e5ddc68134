"""Puts a built site where people find it: all of it at once, or nothing."""

import ctypes
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.exports.export import Export

try:
    import fcntl
except ImportError:  # pragma: no cover  # Windows: previews there build one at a time
    fcntl = None  # type: ignore[assignment]

_EXCHANGE = 2
_HERE = -100


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
    _swap(beside, site)
    shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One build at a time in a folder. The lock is the kernel's: it goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _swap(new: Path, old: Path) -> None:
    """Exchanges two folders in one step where the system can (Linux); elsewhere the old one is moved away first."""
    if not old.exists():
        new.rename(old)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 and renameat2(_HERE, os.fsencode(new), _HERE, os.fsencode(old), _EXCHANGE) == 0:
        return
    away = old.with_name(f".{old.name}.old")
    shutil.rmtree(away, ignore_errors=True)
    old.rename(away)
    new.rename(old)
    shutil.rmtree(away, ignore_errors=True)
