"""Where everything is: the address of each record, list, facet and file in each language."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from generator.base.text import Lang, Text
from generator.library.graph import Library
from generator.library.references import link_target
from generator.model.record import Record
from generator.pages.page import LISTS, relative
from generator.reading.outline import Link
from generator.records.page import Page as PlainPage

TABLES = Text("datos/", "data/")
FIGURE = re.compile(r'<p><img src="#figura_([a-z0-9-]+)" alt="([^"]*)"></p>')
"""How a figure stands in a body's HTML until it is drawn: its name, and the caption that its author gave it."""


def list_address(cls: type[Record], lang: Lang) -> str:
    return f"{cls.kind.address.to(lang)}/"


def record_address(record: Record, lang: Lang) -> str:
    """The record's address in a language's site."""
    if isinstance(record, PlainPage):
        stem = PurePosixPath(record.path).stem
        return "" if stem in ("inicio", "home") else f"{stem}/"
    folder = list_address(type(record), lang)
    return f"{folder}{record.id}/" if record.kind.own_page else f"{folder}#{record.id}"


def asset_address(path: str, lang: Lang, library: Library) -> str | None:
    """A record's attachment lies beside its page, tables in a folder of their own. Those of a written page stand below
    its language: a Spanish and an English one may have the same name.
    """
    place = PurePosixPath(path)
    if path in library.data.tables:
        return f"{TABLES.to(lang)}{place.name}"
    owner = library.records.get(library.by_path.get(f"{place.parent}.md", ""))
    if owner is None or path not in library.assets:
        return None
    if isinstance(owner, PlainPage):
        return PurePosixPath(path).relative_to(PlainPage.kind.folder).as_posix()
    return f"{list_address(type(owner), lang)}{owner.id}/{place.name}"


def plain_pages(library: Library, lang: Lang) -> dict[str, PlainPage]:
    """The written pages of a language by the stem of the Spanish one, or by their own where there is none."""
    pages = (page for page in library.of(PlainPage) if page.origin.shown_in == lang)
    return {_spanish_stem(page): page for page in pages}


def translated_page(library: Library, page: PlainPage, lang: Lang) -> PlainPage | None:
    """The page in a language, itself or its translation."""
    return page if page.origin.shown_in == lang else plain_pages(library, lang).get(_spanish_stem(page))


def _spanish_stem(page: PlainPage) -> str:
    return page.translation_of or PurePosixPath(page.path).stem


def resolver(library: Library, record: Record, lang: Lang, here: str) -> Callable[[Link], str | None]:
    """Turns the targets of a body's links, relative paths in the repository, into addresses as seen from a page."""

    def address(link: Link) -> str | None:
        target = link_target(record.file, link)
        if target is None or target.path is None:
            return None
        if link.is_image and target.path in library.data.figures:
            return f"#figura_{PurePosixPath(target.path).stem}"
        anchor = f"#{target.anchor}" if target.anchor else ""
        found = library.records.get(library.by_path.get(target.path, ""))
        if isinstance(found, PlainPage):
            found = translated_page(library, found, lang) or found
        if found:
            return relative(here, record_address(found, lang) + anchor)
        asset = asset_address(target.path, lang, library)
        # A link to what this edition may not see leads to the home page rather than to nothing.
        return relative(here, asset or LISTS["home"].to(lang))

    return address
