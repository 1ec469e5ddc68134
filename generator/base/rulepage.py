"""A rule's page: its documentation, and the examples that test it."""

import re
from dataclasses import dataclass

from generator.base.text import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Example:
    """A file of a small site.

    `how` says what `text` is: `file`, all of it; `fields`, the fields that differ from a valid example of the
    folder's type (and after a line `---`, another body); `committed`, the same, as the last commit of a git
    repository holds it; `many`, the same, where a line `× 10` stands for ten of the line above it; `bytes`, the file
    with Python's escapes; `made`, its size in bytes; `link`, where a symbolic link leads; `unreadable`, all of it,
    without the permission to read it.
    """

    how: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """`why` says what the rule is for; the bad files print exactly `output`, the good ones nothing."""

    code: str
    name: str
    why: Text
    bad: tuple[Example, ...]
    output: Text
    good: tuple[Example, ...]


def parse_page(text: str) -> RulePage:
    """`# CODE name`, prose in each language, then blocks: files under `## bad`, outputs, files under `## good`."""
    # An example's text has headings of its own.
    title, *sections = re.split(r"^## (?=(?:es|en|bad|output es|output en|good)$)", text, flags=re.MULTILINE)
    code, _, name = title.removeprefix("# ").strip().partition(" ")
    by_name = dict(section.split("\n", 1) for section in sections)
    why = {lang: by_name[lang].strip() for lang in LANGUAGES}
    output = Text(*(_blocks(by_name[f"output {lang}"])[0].text for lang in LANGUAGES))
    return RulePage(code, name, Text(why["es"], why["en"]), _blocks(by_name["bad"]), output, _blocks(by_name["good"]))


def _blocks(section: str) -> tuple[Example, ...]:
    """Fenced blocks; what follows the first word on the opening line is the file's path."""
    fence = r"^(`{3,})(?P<how>\w+) ?(?P<path>[^\n]*)\n(?P<text>.*?)^\1$"
    found = re.finditer(fence, section, flags=re.MULTILINE | re.DOTALL)
    return tuple(Example(block["how"], block["path"], block["text"]) for block in found)
