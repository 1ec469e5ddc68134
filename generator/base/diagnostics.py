"""What can be said about a place in a file: rules, diagnostics, and a report of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.base.text import Edit, Fact, Lang, Position, Source, Span, Text, fill


class Severity(StrEnum):
    """An error stops a build, a warning is published and shown, a note invites."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong. Code and name are permanent; words are templates filled with facts."""

    code: str
    name: str
    severity: Severity
    message: Text
    hint: Text
    secret: bool = False
    """Whether what stands at its place must not be repeated, by this rule or any other."""

    def at(
        self, source: Source, span: Span, *, hint: Text | None = None, fix: tuple[Edit, ...] = (), **facts: Fact
    ) -> "Diagnostic":
        """The rule broken at a place. `hint` replaces the rule's own where the case calls for other words; `fix` does
        what the hint says, where there is one right answer.
        """
        return Diagnostic(self, source, span, facts, hint or self.hint, fix)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    rule: Rule
    source: Source
    span: Span
    facts: Mapping[str, Fact] = field(default_factory=dict)
    hint_template: Text = field(default=Text("", ""))
    fix: tuple[Edit, ...] = ()

    def message(self, lang: Lang) -> str:
        return fill(self.rule.message, self.facts, lang)

    def hint(self, lang: Lang) -> str:
        return fill(self.hint_template, self.facts, lang)

    @property
    def start(self) -> Position:
        return self.source.position(self.span.start)

    @property
    def end(self) -> Position:
        """The position after the last character."""
        return self.source.position(self.span.end)


MOST_OF_A_RULE = 200
"""Findings of one rule in one file that are shown: a file that was made by a machine can hold hundreds of thousands."""


@dataclass(frozen=True, slots=True)
class Report:
    """All diagnostics of a run, in the order a person reads files: by path, place, code.

    `left_out` counts those that are not among them, because their file holds too many of their rule.
    """

    diagnostics: tuple[Diagnostic, ...]
    left_out: int = 0

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> "Report":
        def order(found: Diagnostic) -> tuple[str, int, str, str]:
            return found.source.path, found.span.start, found.rule.code, found.message("es")

        everything = list(_without_secrets(diagnostics))
        seen: Counter[tuple[str, str]] = Counter()
        shown = []
        for found in everything:
            of_its_kind = (found.source.path, found.rule.code)
            seen[of_its_kind] += 1
            if seen[of_its_kind] <= MOST_OF_A_RULE:
                shown.append(found)
        return cls(tuple(sorted(shown, key=order)), len(everything) - len(shown))

    def count(self, severity: Severity) -> int:
        return sum(found.rule.severity is severity for found in self.diagnostics)

    @property
    def has_errors(self) -> bool:
        return self.count(Severity.ERROR) > 0

    def errors_in(self, path: str) -> tuple[Diagnostic, ...]:
        return tuple(
            found for found in self.diagnostics if found.source.path == path and found.rule.severity is Severity.ERROR
        )


def _without_secrets(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """The same, with dots for every secret: in the text that a report quotes a line of, and in the facts of others."""
    found = list(diagnostics)
    secrets: dict[str, set[Span]] = {}
    for each in found:
        if each.rule.secret:
            secrets.setdefault(each.source.path, set()).add(each.span)
    return [_masked(each, secrets[each.source.path]) if each.source.path in secrets else each for each in found]


def _masked(diagnostic: Diagnostic, secrets: Iterable[Span]) -> Diagnostic:
    text, facts = diagnostic.source.text, dict(diagnostic.facts)
    for span in secrets:
        secret = diagnostic.source.text[span.start : span.end]
        dots = "".join("\n" if char == "\n" else "•" for char in secret)
        text = text[: span.start] + dots + text[span.end :]
        facts = {name: fact.replace(secret, dots) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return replace(diagnostic, source=Source(diagnostic.source.path, text), facts=facts)
