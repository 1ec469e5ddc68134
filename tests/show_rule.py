"""Prints what a rule page's examples print now: `python tests/show_rule.py KB401 [--write]`."""

import re
import sys
import tempfile
from pathlib import Path

import sites

from generator.base.rulepage import parse_page
from generator.base.text import LANGUAGES
from generator.rulebook import FOLDER

for path in sorted(FOLDER.glob(f"{sys.argv[1]}*.md")):
    page = parse_page(path.read_text("utf-8"))
    for name, examples in (("bad", page.bad), ("good", page.good)):
        with tempfile.TemporaryDirectory() as made:
            folder = sites.make_site(Path(made), *examples)
            printed = {lang: sites.findings(folder, lang) for lang in LANGUAGES}
        for lang, words in printed.items():
            print(f"--- {path.stem} {name} {lang}\n{words}", end="")
            if name == "bad" and "--write" in sys.argv:
                text = re.sub(
                    rf"(?<=## output {lang}\n\n)````*text\n.*?^````*$",
                    lambda _, words=words: f"```text\n{words}```",
                    path.read_text("utf-8"),
                    flags=re.MULTILINE | re.DOTALL,
                )
                path.write_text(text, "utf-8")
