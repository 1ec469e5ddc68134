"""Prints what a rule page's examples print now: `python tests/show_rule.py KB401 [--write]`."""

import re
import sys
import tempfile
from pathlib import Path

import sites

from generator.base.rulepage import parse_page
from generator.rulebook import FOLDER

for path in sorted(FOLDER.glob(f"{sys.argv[1]}*.md")):
    page = parse_page(path.read_text("utf-8"))
    for name, examples in (("bad", page.bad), ("good", page.good)):
        with tempfile.TemporaryDirectory() as folder:
            printed = sites.check(Path(folder), examples)
        print(f"--- {path.stem} {name}\n{printed}", end="")
        if name == "bad" and "--write" in sys.argv:
            text = re.sub(
                r"(?<=## output\n\n)````*text\n.*?^````*$",
                lambda _, printed=printed: f"```text\n{printed}```",
                path.read_text("utf-8"),
                flags=re.MULTILINE | re.DOTALL,
            )
            path.write_text(text, "utf-8")
