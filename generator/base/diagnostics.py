"""What can be said about a place in a file: rules, diagnostics, and a report of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Report:
    """All diagnostics of a run, in the order a person reads files: by path, place, code."""

    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, diagnostics: Iterable[Diagnostic]) -> "Report":
        def order(found: Diagnostic) -> tuple[str, int, str, str]:
            return found.source.path, found.span.start, found.rule.code, found.message("es")

        return cls(tuple(sorted(diagnostics, key=order)))

    def count(self, severity: Severity) -> int:
        return sum(found.rule.severity is severity for found in self.diagnostics)

    @property
    def has_errors(self) -> bool:
        return self.count(Severity.ERROR) > 0

    def errors_in(self, path: str) -> tuple[Diagnostic, ...]:
        return tuple(
            found for found in self.diagnostics if found.source.path == path and found.rule.severity is Severity.ERROR
        )
