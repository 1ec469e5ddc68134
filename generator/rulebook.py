"""Every rule of the house, found where it is declared; and its page, which documents and tests it."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

import generator
from generator.base.diagnostics import Rule
from generator.base.rulepage import Example, RulePage, parse_page
from generator.base.text import Lang, Text

FOLDER = Path(__file__).parent / "rules"


@cache
def all_rules() -> tuple[Rule, ...]:
    """By code. A rule is a module's constant, so that it sits beside the code that finds it."""
    rules: dict[str, Rule] = {}
    for found in pkgutil.walk_packages(generator.__path__, f"{generator.__name__}."):
        constants = vars(importlib.import_module(found.name)).values()
        rules |= {value.code: value for value in constants if isinstance(value, Rule)}
    return tuple(rule for _, rule in sorted(rules.items()))


def rule_page(rule: Rule) -> RulePage:
    return parse_page((FOLDER / f"{rule.code}-{rule.name}.md").read_text("utf-8"))


@cache
def rule_pages() -> tuple[tuple[Rule, RulePage], ...]:
    """The rules whose pages are there, in the order of their codes; a test holds the two sets together."""
    rules = {rule.code: rule for rule in all_rules()}
    pages = [parse_page(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.md"))]
    return tuple((rules[page.code], page) for page in pages if page.code in rules)


def explain(rule: Rule, lang: Lang) -> str:
    """The rule's page for a terminal."""
    page = rule_page(rule)
    bad, good = Text("Así no", "Not like this"), Text("Así sí", "Like this")
    lines = [f"{rule.code} {rule.name} ({rule.severity.value})", "", page.why.to(lang), "", f"{bad.to(lang)}:"]
    lines += _shown(page.bad)
    lines += [*(f"  {line}".rstrip() for line in page.output.to(lang).splitlines()), "", f"{good.to(lang)}:"]
    return "\n".join([*lines, *_shown(page.good)]).rstrip() + "\n"


def _shown(examples: tuple[Example, ...]) -> list[str]:
    return [
        line
        for example in examples
        for line in (f"  {example.path}", *(f"    {it}" for it in example.text.splitlines()), "")
    ]
