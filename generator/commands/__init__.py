"""What `kb` does, one module a command and named after it: `HELP` in a line, `run(options)` gives the exit code.

A command that takes more than its name has `add(parser, lang)`. What it needs beyond checking is imported where it
runs: those who only check do not wait for pages and engine.
"""

import gc
import re
import sys
from pathlib import Path

from generator.base.text import Text
from generator.checking import Checked, Checker

DONE, ERRORS, WRONG_USE, OUR_BUG, MACHINE = range(5)
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


def checked_once(root: Path) -> Checked:
    """Records are made once and kept to the end: to look for garbage among them takes as long as to read them."""
    gc.disable()
    checked = Checker(root).check()
    gc.freeze()
    gc.enable()
    return checked
