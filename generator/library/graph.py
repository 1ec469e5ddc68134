"""The library: records, what each refers to and what refers to it, and the agreements of all meetings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import TypeVar

from generator.base.text import LANGUAGES, Lang
from generator.library.references import leads_of
from generator.model.data import Data
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.records.agreement import CLOSED, Agreement
from generator.records.minutes import Minutes

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class MadeAgreement:
    """An agreement with the meeting that made it. Its id, `<minutes id>/<n>`, is permanent."""

    minutes: Minutes
    agreement: Agreement

    @property
    def id(self) -> str:
        return f"{self.minutes.id}/{self.agreement.n}"

    @property
    def anchor(self) -> str:
        return f"{self.minutes.id}-{self.agreement.n}"

    def overdue(self, today: date) -> bool:
        """Whether its last day has passed and it is not closed. `today` is the build's date."""
        due = self.agreement.due
        return due is not None and due.last < today and self.agreement.status not in CLOSED


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that may be shown; every reference that leads nowhere is simply not in `links`."""

    records: Mapping[str, Record]
    """By id, in its order."""
    translated: Mapping[tuple[str, Lang], Record]
    vocabularies: Vocabularies
    assets: frozenset[str]
    data: Data
    links: Mapping[str, tuple[str, ...]]
    backlinks: Mapping[str, tuple[str, ...]]
    aliases: Mapping[str, str]
    by_path: Mapping[str, str]
    for_members: bool = False
    """Whether it is all that members may see."""
    drafts: int = 0
    """How many records are drafts, of which an edition holds nothing else."""

    def called(self, record_id: str | None) -> Record | None:
        """The record with an id or a former id; None where this edition has none."""
        known = record_id or ""
        return self.records.get(self.aliases.get(known, known))

    def of(self, cls: type[Kind]) -> list[Kind]:
        """The records of a type, by id."""
        return [record for record in self.records.values() if isinstance(record, cls)]

    def shown(self, record: Kind, lang: Lang) -> Kind:
        """The record in a language; in its own where it was not translated."""
        translated = self.translated.get((record.id, lang), record)
        assert isinstance(translated, type(record))  # noqa: S101
        return translated

    def linked(self, record: Record, cls: type[Kind]) -> list[Kind]:
        """Records of a type that this one refers to or that refer to it."""
        ids = sorted({*self.links.get(record.id, ()), *self.backlinks.get(record.id, ())})
        return [found for other in ids if isinstance(found := self.records[other], cls)]

    def agreements(self, lang: Lang) -> Iterator[MadeAgreement]:
        """All agreements in a language: newest meeting first, in each by number."""
        for minutes in sorted(self.of(Minutes), key=lambda minutes: (minutes.start, minutes.id), reverse=True):
            shown = self.shown(minutes, lang)
            for agreement in sorted(shown.agreements, key=lambda agreement: agreement.n):
                yield MadeAgreement(shown, agreement)


def names_of_records(library: Library, types: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """What each record of some types (none: any) is called, in both languages."""
    return {
        record.id: tuple(name for lang in LANGUAGES for name in _names(library.shown(record, lang)))
        for record in library.records.values()
        if not types or record.kind.name in types
    }


def _names(record: Record) -> tuple[str, ...]:
    return (record.heading, *record.also_called)


def relate(
    records: Iterable[Record],
    translated: Mapping[tuple[str, Lang], Record],
    vocabularies: Vocabularies,
    assets: Iterable[str],
    data: Data,
) -> Library:
    """The library of some records: links both ways, aliases, addresses of files."""
    known = {record.id: record for record in sorted(records, key=attrgetter("id"))}
    by_path = {record.path: record.id for record in known.values()}
    aliases = {alias: record.id for record in known.values() for alias in record.aliases if alias not in known}
    links: dict[str, tuple[str, ...]] = {}
    backlinks: dict[str, list[str]] = {}
    for record_id, record in known.items():
        targets = {aliases.get(target, target) for target in _targets(record, by_path)}
        links[record_id] = tuple(sorted(target for target in targets if target in known and target != record_id))
        for target in links[record_id]:
            backlinks.setdefault(target, []).append(record_id)
    kept = {key: record for key, record in translated.items() if key[0] in known}
    frozen = {target: tuple(ids) for target, ids in backlinks.items()}
    return Library(known, kept, vocabularies, frozenset(assets), data, links, frozen, aliases, by_path)


def _targets(record: Record, by_path: Mapping[str, str]) -> Iterator[str]:
    leads = leads_of(record)
    yield from leads.ids
    yield from (by_path[path] for path in leads.paths if path and path in by_path)
