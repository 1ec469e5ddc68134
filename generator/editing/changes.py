"""What is to become of some files: what each is to hold, which are to move; and a view of it."""

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TextIO

from generator.base.text import Lang, Text, printable
from generator.reading.characters import as_written

_WRITTEN_AGAIN = Text(
    "{path}: se guarda en UTF-8 sin marca y con finales de línea LF",
    "{path}: saved in UTF-8 without a mark and with LF line endings",
)
_COLOURS = {"+": "\033[32m", "-": "\033[31m", "@": "\033[36m"}
_PLAIN = "\033[0m"


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths are relative to the repository, with `/`. What moves, moves before anything is written."""

    before: Mapping[str, bytes] = field(default_factory=dict)
    """What the files held that are to be written; a new file is not here."""
    after: Mapping[str, bytes] = field(default_factory=dict)
    moved: tuple[tuple[str, str], ...] = ()
    """Files and folders: from, to."""


def undone(changes: Changes) -> Changes:
    """What leads back, once changes were made that begin no new file."""
    back = {new: old for old, new in changes.moved}
    return Changes(
        {back.get(path, path): data for path, data in changes.after.items()},
        {back.get(path, path): data for path, data in changes.before.items()},
        tuple((new, old) for old, new in reversed(changes.moved)),
    )


def shown(changes: Changes, lang: Lang, *, in_colour: bool) -> str:
    """A unified diff; in colour and safe for a terminal, or plain, as `patch` reads it."""
    lines = [f"{old} → {new}\n" for old, new in changes.moved]
    for path, data in sorted(changes.after.items()):
        before = changes.before.get(path, b"")
        if before.startswith(b"\xef\xbb\xbf") or b"\r" in before:
            lines.append(_WRITTEN_AGAIN.to(lang).format(path=path) + "\n")
        old, new = (as_written(it).splitlines(keepends=True) for it in (before, data))
        lines += [line if line.endswith("\n") else f"{line}\n" for line in difflib.unified_diff(old, new, path, path)]
    return "".join(map(_coloured, lines) if in_colour else lines)


def show(changes: Changes, lang: Lang, stream: TextIO) -> None:
    """Colour is for people at a terminal who did not refuse it (no-color.org)."""
    stream.write(shown(changes, lang, in_colour=stream.isatty() and not os.environ.get("NO_COLOR")))


def _coloured(line: str) -> str:
    words = printable(line.rstrip("\n").replace("\t", "    "))
    colour = _COLOURS.get(line[0])
    return f"{colour}{words}{_PLAIN}\n" if colour else f"{words}\n"
