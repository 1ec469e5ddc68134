"""The agreement tracker: all agreements in a table and on a line of time, whole and by each value of each filter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.base.text import Text
from generator.library.graph import MadeAgreement
from generator.pages.page import LISTS, Page, numbered, relative
from generator.pages.view import Site, View
from generator.records.minutes import Minutes

PER_PAGE = 120
"""Agreements; with them a page of the tracker stays under 60 KB of compressed HTML."""
OFFERED = 60
"""Values of a filter that the tracker names; the page of an organisation or of a meeting leads to its own."""
OVERDUE = "overdue"
FILES = ("kb-filter.css", "kb-filter.js")

Meeting = tuple[Minutes, list[MadeAgreement]]


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to choose agreements. `values` gives those of one agreement, `words` says one."""

    name: str
    address: Text
    label: Text
    values: Callable[[View, MadeAgreement], Iterable[str]]
    words: Callable[[View, str], str]

    def page(self, value: str) -> Text:
        first = LISTS["agreements"]
        return Text(f"{first.es}{self.address.es}/{value}/", f"{first.en}{self.address.en}/{value}/")

    def of(self, view: View, made: MadeAgreement) -> tuple[str, ...]:
        """The agreement's values, each once."""
        return tuple(dict.fromkeys(self.values(view, made)))


def _statuses(view: View, made: MadeAgreement) -> Iterator[str]:
    yield made.agreement.status
    if view.overdue(made):
        yield OVERDUE


def _organizations(view: View, made: MadeAgreement) -> list[str]:
    return [found.id for found in view.records((*made.agreement.responsible, *made.agreement.supporting))]


def _topics(view: View, made: MadeAgreement) -> Iterable[str]:
    return view.library.vocabularies["topics"].with_broader(made.agreement.topic or "")


def _heading(view: View, record_id: str) -> str:
    found = view.record(record_id)
    return found.heading if found else record_id


MEETING = Filter("meeting", Text("", ""), Text("Reunión", "Meeting"), lambda _, made: (made.minutes.id,), _heading)
"""Has no pages of its own: a meeting's agreements stand together in the whole tracker, and on the meeting's page."""
PAGED = (
    Filter(
        "status",
        Text("estado", "status"),
        Text("Estado", "Status"),
        _statuses,
        lambda view, value: view.say("vencido", "overdue") if value == OVERDUE else view.progress(value),
    ),
    Filter(
        "organization",
        Text("organizacion", "organisation"),
        Text("Organización", "Organisation"),
        _organizations,
        _heading,
    ),
    Filter(
        "topic", Text("tema", "topic"), Text("Tema", "Topic"), _topics, lambda view, value: view.term("topics", value)
    ),
)
FILTERS = (*PAGED, MEETING)
ORGANIZATION = PAGED[1]


@dataclass(frozen=True, slots=True)
class Tracked:
    """Agreements in parts that a phone can load: all, or those of a filter's value."""

    path: Text
    parts: list[list[MadeAgreement]]
    filter: Filter | None = None
    value: str = ""

    @property
    def total(self) -> int:
        return sum(map(len, self.parts))


def tracked(site: Site) -> list[Tracked]:
    """Those with pages of their own: the whole tracker, then each value that has agreements, filter by filter."""
    view = View(site, "")
    found = [Tracked(LISTS["agreements"], _parts(site.agreements))]
    for each in PAGED:
        chosen: dict[str, list[MadeAgreement]] = {}
        for made in site.agreements:
            for value in each.of(view, made):
                chosen.setdefault(value, []).append(made)
        named = sorted(chosen.items(), key=lambda item: (-len(item[1]), item))
        found += [Tracked(each.page(value), _parts(some), each, value) for value, some in named]
    return found


def meetings_in(whole: Tracked) -> dict[str, Text]:
    """The place of each meeting in the whole tracker, by its id, newest first."""
    places = {}
    for number, part in enumerate(whole.parts, start=1):
        for meeting in dict.fromkeys(made.minutes.id for made in part):
            es, en = (f"{numbered(path, number)}#{meeting}" for path in (whole.path.es, whole.path.en))
            places[meeting] = Text(es, en)
    return places


def tracker_page(site: Site, every: Sequence[Tracked], shown: Tracked, number: int) -> Page:
    """One page of some agreements, counted from 1; the first of all of them holds the filters."""
    here = numbered(shown.path.to(site.lang), number)
    view = View(site, here)
    meetings = _meetings(shown.parts[number - 1])
    words = shown.filter.words(view, shown.value) if shown.filter else ""
    whole = view.say("Seguimiento de acuerdos", "Agreement tracker")
    html = view.render(
        "tracker.html",
        shown=shown,
        words=words,
        meetings=meetings,
        axis=Axis.of(shown.parts[number - 1], site.today),
        filters=_offered(every) if shown is every[0] and number == 1 else [],
        keys=lambda made: " ".join(f"{each.name}:{value}" for each in FILTERS for value in each.of(view, made)),
        number=number,
        pages=[(n, relative(here, numbered(shown.path.to(site.lang), n))) for n in range(1, len(shown.parts) + 1)],
    )
    return Page(
        path=here,
        kind="tracker",
        title=f"{whole}: {words}" if words else whole,
        description=view.say(
            "Acuerdos de las reuniones: quién responde, para cuándo, en qué está cada uno y con qué prueba.",
            "Agreements of the meetings: who is responsible, by when, where each one stands and with what evidence.",
        ),
        html=html,
        meta={"files": FILES},
    )


@dataclass(frozen=True, slots=True)
class Axis:
    """Time from left to right: whole years that hold every date of some agreements, and today."""

    first: date
    last: date
    today: date

    @classmethod
    def of(cls, agreements: Sequence[MadeAgreement], today: date) -> "Axis":
        days = [today]
        for made in agreements:
            due, news = made.agreement.due, made.agreement.updates
            days += [made.minutes.start.on.first, *([due.last] if due else []), *(update.date.last for update in news)]
        return cls(date(min(days).year, 1, 1), date(max(days).year, 12, 31), today)

    def at(self, day: date) -> str:
        """Where a day lies, in hundredths of the width: an SVG without a view box needs no style and never distorts."""
        return f"{(day - self.first).days * 100 / (self.last - self.first).days:.1f}%"

    @property
    def years(self) -> list[tuple[int, str]]:
        """Not more than six of them with their places, so that their words never touch on a phone."""
        step = -(-(self.last.year - self.first.year + 1) // 6)
        return [(year, self.at(date(year, 1, 1))) for year in range(self.first.year, self.last.year + 1, step)]

    def end(self, made: MadeAgreement) -> date:
        """The last day that something is known of: its due date or its latest news, which nobody has from later on."""
        due, latest = made.agreement.due, made.agreement.latest
        news = [min(latest.date.last, self.today)] if latest else []
        return max([made.minutes.start.on.first, *([due.last] if due else []), *news])


def _offered(every: Sequence[Tracked]) -> list[tuple[Filter, list[Tracked]]]:
    meetings = [group for part in every[0].parts for group in _meetings(part)]
    places = meetings_in(every[0])
    every = [*every, *(Tracked(places[minutes.id], [made], MEETING, minutes.id) for minutes, made in meetings)]
    return [(each, [found for found in every if found.filter is each][:OFFERED]) for each in FILTERS]


def _meetings(agreements: Iterable[MadeAgreement]) -> list[Meeting]:
    groups = [list(group) for _, group in groupby(agreements, key=lambda made: made.minutes.id)]
    return [(group[0].minutes, group) for group in groups]


def _parts(agreements: Iterable[MadeAgreement]) -> list[list[MadeAgreement]]:
    """Cut between meetings."""
    parts: list[list[MadeAgreement]] = [[]]
    for _, meeting in _meetings(agreements):
        if parts[-1] and len(parts[-1]) + len(meeting) > PER_PAGE:
            parts.append([])
        parts[-1] += meeting
    return parts
