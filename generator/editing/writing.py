"""The only writer of records: one file at a time, whole or not at all, never outside the folders of content."""

import errno
import os
from pathlib import Path

from generator.editing.changes import Changes
from generator.reading.files import TOP_FOLDERS


def write(root: Path, changes: Changes) -> None:
    """Makes the changes.

    Raises ValueError before the first one if a path leads outside `cases/` and `content/`, FileExistsError if a file
    that is to be new is there.
    """
    from generator.staging import write_atomically  # noqa: PLC0415  # pages: not for those who only check

    targets = [new for _, new in changes.moved]
    for path in (*changes.after, *targets, *(old for old, _ in changes.moved)):
        _refuse_outside(root, path)
    for path in (*(changes.after.keys() - changes.before.keys()), *targets):
        if os.path.lexists(root / path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(root / path))
    for old, new in changes.moved:
        (root / old).rename(root / new)
    for path, data in sorted(changes.after.items()):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = target.stat().st_mode if target.exists() else None
        write_atomically(target, data)
        if mode is not None:
            target.chmod(mode & 0o777)


def _refuse_outside(root: Path, path: str) -> None:
    """Where the path really leads counts: through `..` or a folder that is a symbolic link too."""
    real = (root / path).parent.resolve()
    tops = [(root / top).resolve() for top in TOP_FOLDERS if not (root / top).is_symlink()]
    if not any(real.is_relative_to(top) for top in tops):
        raise ValueError(path)
