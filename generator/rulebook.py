"""Every rule of the house, found where it is declared; and its page, which documents and tests it."""

import importlib
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import generator
from generator.base.diagnostics import Rule
from generator.base.text import LANGUAGES, Lang, Text

FOLDER = Path(__file__).parent / "rules"
FAMILIES = {
    "1": Text("Archivo", "File"),
    "2": Text("Bloque inicial", "Initial block"),
    "3": Text("Campos", "Fields"),
    "4": Text("Vocabularios", "Vocabularies"),
    "5": Text("Identidad y referencias", "Identity and references"),
    "6": Text("Cuerpo", "Body"),
    "7": Text("Enlaces e imágenes", "Links and media"),
    "8": Text("Personas y privacidad", "People and privacy"),
    "9": Text("Nosotros", "Ourselves"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A file of a small site.

    `how` says what `text` is: `file`, all of it; `fields`, the fields that differ from a valid example of the
    folder's type (and after a line `---`, another body); `bytes`, the file with Python's escapes; `made`, its size
    in bytes; `link`, where a symbolic link leads.
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
    output: str
    good: tuple[Example, ...]


@cache
def all_rules() -> tuple[Rule, ...]:
    """By code. A rule is a module's constant, so that it sits beside the code that finds it."""
    rules: dict[str, Rule] = {}
    for found in pkgutil.walk_packages(generator.__path__, f"{generator.__name__}."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        rules |= {value.code: value for value in vars(module).values() if isinstance(value, Rule)}
    return tuple(rule for _, rule in sorted(rules.items()))


def rule_page(rule: Rule) -> RulePage:
    return parse_page((FOLDER / f"{rule.code}-{rule.name}.md").read_text("utf-8"))


def parse_page(text: str) -> RulePage:
    """`# CODE name`, a section of prose a language, then blocks: files under `## bad`, output, files under `## good`."""
    title, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    code, _, name = title.removeprefix("# ").strip().partition(" ")
    by_name = dict(section.split("\n", 1) for section in sections)
    why = {lang: by_name[lang].strip() for lang in LANGUAGES}
    output = _blocks(by_name["output"])[0].text
    return RulePage(code, name, Text(why["es"], why["en"]), _blocks(by_name["bad"]), output, _blocks(by_name["good"]))


def explain(rule: Rule, lang: Lang) -> str:
    """The rule's page for a terminal."""
    page = rule_page(rule)
    bad, good = Text("Así no", "Not like this"), Text("Así sí", "Like this")
    lines = [f"{rule.code} {rule.name} ({rule.severity.value})", "", page.why.to(lang), "", f"{bad.to(lang)}:"]
    lines += _shown(page.bad)
    lines += [*(f"  {line}".rstrip() for line in page.output.splitlines()), "", f"{good.to(lang)}:"]
    return "\n".join([*lines, *_shown(page.good)]).rstrip() + "\n"


def _shown(examples: tuple[Example, ...]) -> list[str]:
    return [
        line
        for example in examples
        for line in (f"  {example.path}", *(f"    {it}" for it in example.text.splitlines()), "")
    ]


def _blocks(section: str) -> tuple[Example, ...]:
    """Fenced blocks; what follows the language on the opening line is the file's path."""
    fence = r"^(`{3,})(?P<how>\w+) ?(?P<path>[^\n]*)\n(?P<text>.*?)^\1$"
    found = re.finditer(fence, section, flags=re.MULTILINE | re.DOTALL)
    return tuple(Example(block["how"], block["path"], block["text"]) for block in found)
