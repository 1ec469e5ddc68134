"""Commands beyond checking and building, one module each: `add(commands, lang)` declares it, `run(options)` does it."""

import re
import sys

from generator.base.text import Text

DONE, ERRORS, WRONG_USE = 0, 1, 2
ID_HELP = Text(
    "nombre del archivo sin «.md», si no es el del título", "the file's name without “.md”, if not the title's"
)
TAKEN = Text("ya existe «{path}»: elija otro nombre con «--id»", "“{path}” exists: choose another name with “--id”")


def id_of(typed: str) -> str:
    """A record's id, also where a shell has completed its file's name."""
    return re.sub(r"^(?:.*[/\\])?([^/\\]+?)(?:\.(?:en|es))?\.md$", r"\1", typed)


def refuse(words: str, code: int = WRONG_USE) -> int:
    """Says why nothing was done."""
    sys.stderr.write(f"{words}\n")
    return code
