"""Which types of record have a page for each record, and in what order lists show their records."""

from collections.abc import Iterable

from generator.base.text import plain
from generator.model.record import Record
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.practice import Practice

RECORDS_WITH_PAGE: tuple[type[Record], ...] = (Case, Practice, Minutes, Organization)


def newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """Meetings by when they were held, cases by when they began, the rest by name."""

    def order(record: Record) -> tuple[int, str]:
        if isinstance(record, Minutes):
            return -record.start.on.first.toordinal(), record.id
        if isinstance(record, Case):
            return -record.period.start.first.toordinal(), record.id
        return 0, plain(record.heading)

    return tuple(sorted(records, key=order))
