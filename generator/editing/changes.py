"""What is to become of some files: what each is to hold, which are to move; and a view of it."""

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import TextIO

from generator.base.text import Lang, Text, printable
from generator.progress import obeys
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


def shown(changes: Changes, lang: Lang) -> str:
    """A unified diff, as `patch` reads it."""
    lines = [f"{old} → {new}\n" for old, new in changes.moved]
    for path, data in sorted(changes.after.items()):
        before = changes.before.get(path, b"")
        if before.startswith(b"\xef\xbb\xbf") or b"\r" in before:
            lines.append(_WRITTEN_AGAIN.to(lang).format(path=path) + "\n")
        lines += difference(path, as_written(before), as_written(data))
    return "".join(lines)


def difference(path: str, old: str, new: str) -> Iterator[str]:
    """A unified diff of a text, line by line; only a line feed ends one, not all that Python takes for an end."""
    for line in difflib.unified_diff(list(StringIO(old)), list(StringIO(new)), path, path):
        yield line if line.endswith("\n") else f"{line}\n"


def show(changes: Changes, lang: Lang, stream: TextIO) -> None:
    """A terminal gets no escape of an author; and colour, unless people refused it (no-color.org)."""
    text = shown(changes, lang)
    if stream.isatty():
        colours = _COLOURS if obeys(stream) and not os.environ.get("NO_COLOR") else {}
        text = "\n".join(_coloured(line, colours.get(line[:1])) for line in text.split("\n"))
    stream.write(text)


def _coloured(line: str, colour: str | None) -> str:
    words = printable(line)
    return f"{colour}{words}{_PLAIN}" if colour else words
