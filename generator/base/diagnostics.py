"""What can be said about a place in a file: rules, diagnostics, and a report of them."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from generator.base.text import Edit, Fact, Lang, Position, Source, Span, Text, fill

_DOTTED = re.compile(r"[^\n]")
"""What of a secret dots stand for: its lines stay."""


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

        everything = list(diagnostics)
        seen: Counter[tuple[str, str]] = Counter()
        shown = []
        for found in everything:
            of_its_kind = (found.source.path, found.rule.code)
            seen[of_its_kind] += 1
            if seen[of_its_kind] <= MOST_OF_A_RULE:
                shown.append(found)
        return cls(tuple(sorted(_without_secrets(shown, everything), key=order)), len(everything) - len(shown))

    def count(self, severity: Severity) -> int:
        return sum(found.rule.severity is severity for found in self.diagnostics)

    @property
    def has_errors(self) -> bool:
        return self.count(Severity.ERROR) > 0

    def errors_in(self, path: str) -> tuple[Diagnostic, ...]:
        return tuple(
            found for found in self.diagnostics if found.source.path == path and found.rule.severity is Severity.ERROR
        )


def _without_secrets(shown: Iterable[Diagnostic], everything: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those shown, with dots for every secret: in the text that a report quotes a line of, and in facts of others."""
    secrets: dict[str, set[Span]] = {}
    masked: dict[Source, tuple[Source, set[str]]] = {}
    for each in everything:
        if each.rule.secret:
            secrets.setdefault(each.source.path, set()).add(each.span)
    for each in shown:
        spans = secrets.get(each.source.path)
        if spans and each.source not in masked:
            masked[each.source] = _dotted(each.source, spans), {each.source.text[it.start : it.end] for it in spans}
        source, words = masked.get(each.source, (each.source, set()))
        facts = {name: _hidden(fact, words) if isinstance(fact, str) else fact for name, fact in each.facts.items()}
        yield replace(each, source=source, facts=facts) if spans else each


def _dotted(source: Source, spans: Iterable[Span]) -> Source:
    parts: list[str] = []
    at = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        start = max(span.start, at)
        parts += source.text[at:start], _DOTTED.sub("•", source.text[start : span.end])
        at = max(at, span.end)
    return Source(source.path, "".join((*parts, source.text[at:])))


def _hidden(fact: str, secrets: Collection[str]) -> str:
    if len(secrets) > MOST_OF_A_RULE:
        return "•"  # a file of nothing else: to look for each in each fact would take for ever
    for secret in secrets:
        fact = fact.replace(secret, _DOTTED.sub("•", secret)) if secret else fact
    return fact
