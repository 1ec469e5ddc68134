"""What every template can use: the library in one language, addresses as seen from the page, words in that language."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import escape, unescape
from typing import Any, TypeVar

from markupsafe import Markup

from generator.base.text import Lang, Text
from generator.library.graph import Library, MadeAgreement
from generator.model.data import FOLDER as DATA
from generator.model.fields import marks_of
from generator.model.kinds import Choice
from generator.model.record import Record
from generator.pages import figures, wording
from generator.pages.addresses import FIGURE, asset_address, list_address, record_address
from generator.pages.body import Glossary, glossary, render_body
from generator.pages.citing import title_language
from generator.pages.facets import FACETS_BY_NAME, PROFILES, Facet
from generator.pages.order import RECORDS_WITH_PAGE, newest_first
from generator.pages.page import LISTS, Page, relative
from generator.pages.pictures import Picture, framed
from generator.pages.templating import ENVIRONMENTS
from generator.reading.seen import Seen
from generator.records.agreement import PROGRESS
from generator.records.case import Case, Perspective
from generator.records.minutes import Minutes
from generator.records.page import Page as PlainPage

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True)
class Site:
    """A library in one language on one day, with what is worth computing once."""

    library: Library
    lang: Lang
    today: date
    seen: Mapping[str, Seen] | None = None
    """What was seen of outside addresses; None where nobody looked."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By their paths in the repository."""

    @cached_property
    def pictures_at(self) -> Mapping[str, Picture]:
        """By address."""
        at = {asset_address(path, self.lang, self.library): picture for path, picture in self.pictures.items()}
        return {address: picture for address, picture in at.items() if address}

    @cached_property
    def rendered(self) -> dict[tuple[str, str, int], Markup]:
        """What many pages show, rendered once: see `View.once`."""
        return {}

    @cached_property
    def glossary(self) -> Glossary:
        return glossary(self.library, self.lang)

    @cached_property
    def newest(self) -> tuple[Record, ...]:
        """Every record that has a page, in the order of lists."""
        return newest_first(
            self.library.shown(each, self.lang) for cls in RECORDS_WITH_PAGE for each in self.library.of(cls)
        )

    @cached_property
    def agreements(self) -> tuple[MadeAgreement, ...]:
        return tuple(self.library.agreements(self.lang))

    @cached_property
    def progress(self) -> list[tuple[str, Text, int]]:
        """(key, words, how many) of all agreements by state, in a fixed order."""
        statuses = Counter(made.agreement.status for made in self.agreements)
        return [(key, words, sum(statuses[status] for status in group)) for key, words, group in wording.STATES]

    @cached_property
    def overdue(self) -> int:
        return sum(made.overdue(self.today) for made in self.agreements)

    @cached_property
    def agreements_by_organization(self) -> dict[str, list[MadeAgreement]]:
        found: dict[str, list[MadeAgreement]] = {}
        for made in self.agreements:
            named = (self.library.called(each) for each in (*made.agreement.responsible, *made.agreement.supporting))
            for organization in dict.fromkeys(record.id for record in named if record):
                found.setdefault(organization, []).append(made)
        return found


@dataclass(frozen=True)
class View:
    """A site as seen from the page with the address `here`."""

    site: Site
    here: str

    @property
    def lang(self) -> Lang:
        return self.site.lang

    @property
    def library(self) -> Library:
        return self.site.library

    def render(self, template: str, **values: Any) -> str:
        """The HTML of a template."""
        return ENVIRONMENTS[self.lang].get_template(template).render(v=self, **values)

    def once(self, template: str, key: str, **values: Any) -> Markup:
        """The HTML of a template that says the same, of one key, on all pages of one depth."""
        depth = self.here.count("/")
        known = self.site.rendered.get((template, key, depth))
        if known is None:
            anywhere = View(self.site, "-/" * depth)  # no page's address: none is mistaken for the page itself
            known = Markup(anywhere.render(template, **values))  # noqa: S704  # rendered with autoescape
            self.site.rendered[template, key, depth] = known
        return known

    def card(self, record: Record) -> Markup:
        return self.once("card.html", record.id, record=record)

    def say(self, es: str, en: str) -> str:
        return es if self.lang == "es" else en

    def count(self, number: int, es: tuple[str, str], en: tuple[str, str]) -> str:
        """`2 casos`: a number with its noun, (one, many) in each language."""
        one, many = es if self.lang == "es" else en
        return f"{number} {one if number == 1 else many}"

    def word(self, text: Text) -> str:
        return text.to(self.lang)

    def to(self, record: Record) -> str:
        return relative(self.here, record_address(record, self.lang))

    def to_list(self, cls: type[Record]) -> str:
        return relative(self.here, list_address(cls, self.lang))

    def to_page(self, name: str, anchor: str = "") -> str:
        return relative(self.here, LISTS[name].to(self.lang) + anchor)

    def to_path(self, path: str) -> str:
        return relative(self.here, path)

    def to_facet(self, facet: Facet, value: str) -> str:
        return relative(self.here, facet.page(value, self.lang))

    def to_asset(self, record: Record, file: str) -> str | None:
        address = asset_address(f"{record.folder}/{file}", self.lang, self.library)
        return relative(self.here, address) if address else None

    def record(self, record_id: str | None) -> Record | None:
        """The record with an id, in this language; None where this edition has none."""
        found = self.library.called(record_id)
        return self.library.shown(found, self.lang) if found else None

    def records(self, ids: Iterable[str | None]) -> list[Record]:
        return [found for record_id in ids if (found := self.record(record_id))]

    def shown(self, record: Kind) -> Kind:
        return self.library.shown(record, self.lang)

    def term(self, vocabulary: str, term_id: str) -> str:
        return self.library.vocabularies[vocabulary].terms[term_id].label.to(self.lang)

    def about_term(self, vocabulary: str, term_id: str) -> str:
        description = self.library.vocabularies[vocabulary].terms[term_id].description
        return description.to(self.lang) if description else ""

    def choice(self, record: Record, field: str) -> str:
        """The label of a field whose value is one of the model's own words."""
        info = type(record).model_fields[field]
        mark = next(marks_of(info.annotation, info.metadata, Choice))
        label: Text = mark.label(getattr(record, field))
        return label.to(self.lang)

    def progress(self, status: str) -> str:
        return PROGRESS.label(status).to(self.lang)

    def day(self, when: Any) -> str:
        return wording.day(when, self.lang)

    def number(self, value: Any) -> str:
        return wording.number(value, self.lang)

    def money(self, amount: Any, currency: str) -> str:
        return wording.money(amount, currency, self.lang)

    def claims(self, case: Case) -> list[tuple[Text, Text]]:
        return wording.claims(case.corruption_risks)

    def body(self, record: Record) -> Markup:
        html = render_body(self.library, record, self.lang, self.here, self.site.glossary)
        html = framed(html, self.here, self.site.pictures_at)
        # Safe: what `Body.html` returns is sanitized, and a figure is rendered with autoescape.
        return Markup(FIGURE.sub(lambda found: self._figure(record, found[1], unescape(found[2])), html))  # noqa: S704

    def image(self, record: Record) -> Markup:
        """The picture at the top of a record; empty where there is none."""
        image = getattr(record, "image", None)
        address = self.to_asset(record, image.file) if image else None
        html = f'<img src="{address}" alt="{escape(image.alt)}">' if image and address else ""
        return Markup(framed(html, self.here, self.site.pictures_at))  # noqa: S704  # escaped above

    def _figure(self, record: Record, name: str, caption: str) -> str:
        figure = self.library.data.figures.get(f"{DATA}/{name}.yml")
        if figure is None:
            return ""  # somebody wrote our own mark by hand
        told = figures.told(figure, self.library.data, self.lang)
        sources = {cited.url: number for number, cited in enumerate(record.sources, start=1)}
        values = {"record": record, "figure": figure, "name": name, "caption": caption, "sources": sources}
        return self.render("figure.html", **values, **told)

    def related(self, record: Record, backlinks: Iterable[Record]) -> list[tuple[str, list[Record]]]:
        """The records that this one refers to or that refer to it, by type: no written pages, and nothing that the page
        has a list of its own for.
        """
        named = (*getattr(record, "used_in", ()), *(actor.organization for actor in getattr(record, "actors", ())))
        listed = {found.id for found in self.records(named)}
        near = {found.id: found for found in self.records(self.library.links.get(record.id, ()))}
        near |= {found.id: found for found in backlinks}
        groups: dict[str, list[Record]] = {}
        for found in near.values():
            if not isinstance(found, PlainPage) and found.id not in listed:
                groups.setdefault(found.kind.plural.to(self.lang), []).append(found)
        return sorted(groups.items())

    def by_sector(self, views: Iterable[Perspective]) -> list[tuple[str, list[Perspective]]]:
        """Perspectives by sector, in the order in which the sectors first speak."""
        found: dict[str, list[Perspective]] = {}
        for view in views:
            found.setdefault(view.sector, []).append(view)
        return list(found.items())

    def unheard(self, case: Case) -> list[str]:
        """The profiles that the community hopes to gather and whose perspective a case does not hold, in words."""
        heard = {perspective.sector for perspective in case.perspectives}
        return [self.term("sectors", profile) for profile in PROFILES if profile not in heard]

    def place(self, record: Record) -> str:
        """Where it happened, in a word or two; empty for what happens nowhere."""
        if isinstance(record, Case):
            places = FACETS_BY_NAME["place" if record.places else "country"]
            return places.words((record.places or record.countries)[0], self.lang, self.library)
        return record.place.name if isinstance(record, Minutes) and record.place else ""

    def overdue(self, made: MadeAgreement) -> bool:
        return made.overdue(self.site.today)

    def other(self, lang: str) -> str | None:
        """A language, if it is not the page's."""
        return lang if lang != self.lang else None

    def foreign(self, record: Record) -> str | None:
        """The language of a record that was not translated into this one."""
        return self.other(record.origin.shown_in)

    def foreign_title(self, record: Record, n: int) -> str | None:
        """The language of the title of a record's source, counted from 0, if it is not the page's."""
        return self.other(title_language(self.library, record, n))


def fixed_page(site: Site, name: str, title: Text, description: Text, **values: Any) -> Page:
    """A page that there is one of: its kind, its template and its place in `LISTS` bear one name."""
    here, said = LISTS[name].to(site.lang), title.to(site.lang)
    return Page(
        path=here,
        kind=name,
        title=said,
        description=description.to(site.lang),
        html=View(site, here).render(f"{name}.html", title=said, **values),
    )
