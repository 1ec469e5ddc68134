"""Every page of a site: its address, what it depends on, how to make it. Nothing is rendered until it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator.pages.addresses import record_address
from generator.pages.balance_page import balance_page
from generator.pages.desk_page import desk_page
from generator.pages.door_pages import edit_page, fields_page
from generator.pages.explore import explore_page
from generator.pages.fixed_pages import glossary_page, home_page, saved_page
from generator.pages.list_pages import PER_PAGE, list_page, listings, page_count
from generator.pages.map_page import map_page
from generator.pages.page import LISTS, Page, numbered, other
from generator.pages.record_pages import neighbours, plain_page, plain_pages_of, record_page, terms, twin_address
from generator.pages.rule_pages import Rules, rule_address, rule_page, rules_page
from generator.pages.tracker import ORGANIZATION, Tracked, meetings_in, tracked, tracker_page
from generator.pages.unknowns_page import unknowns_page
from generator.pages.view import Site, View
from generator.records.page import Page as PlainPage


@dataclass(frozen=True, slots=True)
class Planned:
    """A page to be made. Two plans of one path with the same inputs make the same page."""

    path: str
    twin: str
    """The address of the same page in the other language's site."""
    inputs: tuple[object, ...]
    """Whatever did not change is the same object, so that to compare them takes no time."""
    make: Callable[[], Page]


def plan(site: Site, rules: Rules) -> Iterator[Planned]:
    """All pages of a language. What all depend on (vocabularies, glossary, day) is part of all inputs; a page that
    depends on everything has an input like no other and is made anew each time.
    """
    data = (*site.library.data.tables.values(), *site.library.data.figures.values())
    common = (
        *site.library.vocabularies.values(),
        *data,
        *terms(site),
        site.glossary.pattern.pattern,
        site.today.isoformat(),
        tuple((page.path, page.translation_of) for page in site.library.of(PlainPage)),
        str([(path, told.width, told.height, *told.copies) for path, told in site.pictures.items()]),
    )
    twin = other(site.lang)
    tracker = tracked(site)
    agreements = {found.value: found.path for found in tracker if found.filter is ORGANIZATION}
    agreements |= meetings_in(tracker[0])
    for record in site.newest:
        place = agreements[record.id].to(site.lang) if record.id in agreements else ""
        inputs = (common, record, place, *neighbours(site, record))
        addresses = record_address(record, site.lang), record_address(record, twin)
        yield Planned(*addresses, inputs, partial(record_page, site, record, place))
    every = listings(site)
    for listing in every:
        for number in range(1, page_count(listing) + 1):
            shown_here = listing.records[(number - 1) * PER_PAGE : number * PER_PAGE]
            inputs = (common, len(listing.records), *shown_here)
            paths = numbered(listing.path.to(site.lang), number), numbered(listing.path.to(twin), number)
            yield Planned(*paths, inputs, partial(list_page, site, listing, number))
    yield from _tracker(site, tracker, common)
    anew = (object(),)
    fixed: list[tuple[str, tuple[object, ...], Callable[[], Page]]] = [
        ("home", anew, partial(home_page, site, every)),
        ("explore", anew, partial(explore_page, site, every)),
        ("map", anew, partial(map_page, site, every)),
        ("balance", anew, partial(balance_page, site)),
        ("glossary", (common,), partial(glossary_page, site)),
        ("unknowns", anew, partial(unknowns_page, site)),
        ("saved", (), partial(saved_page, site)),
        ("edit", ("edit",), partial(edit_page, site)),
        ("fields", tuple(site.library.vocabularies.values()), partial(fields_page, site)),
        ("rules", (rules,), partial(rules_page, site, rules)),
    ]
    if site.library.for_members:
        fixed.append(("desk", anew, partial(desk_page, site)))
    for name, inputs, make in fixed:
        yield Planned(LISTS[name].to(site.lang), LISTS[name].to(twin), inputs, make)
    for written in plain_pages_of(site):
        inputs = (common, written, *neighbours(site, written))
        paths = record_address(written, site.lang), twin_address(site, written)
        yield Planned(*paths, inputs, partial(plain_page, site, written))
    for rule, page in rules:
        paths = rule_address(rule, site.lang), rule_address(rule, twin)
        yield Planned(*paths, (page,), partial(rule_page, site, rule, page))


def _tracker(site: Site, every: list[Tracked], common: object) -> Iterator[Planned]:
    """The first page of all agreements names every filter with its counts; the others hold their meetings only."""
    for shown in every:
        for number, part in enumerate(shown.parts, start=1):
            here, there = shown.path.to(site.lang), shown.path.to(other(site.lang))
            whole = shown is every[0] and number == 1
            named = {name for made in part for name in (*made.agreement.responsible, *made.agreement.supporting)}
            near = (
                *{made.minutes.id: made.minutes for made in part}.values(),
                *View(site, here).records(sorted(named)),
            )
            inputs = (object(),) if whole else (common, shown.total, len(shown.parts), *near)
            make = partial(tracker_page, site, every, shown, number)
            yield Planned(numbered(here, number), numbered(there, number), inputs, make)
