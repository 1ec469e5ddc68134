"""The editors' desk in words: a page, for members only, and a text for a terminal."""

import textwrap
from collections.abc import Mapping
from datetime import date

from generator.base.text import Lang, Text, printable
from generator.library.desk import DESK, LONGEST, Row, desk
from generator.library.graph import Library
from generator.pages.page import LISTS, Page, other
from generator.pages.view import Site, View
from generator.pages.wording import day, told
from generator.reading.seen import Seen

_WIDTH = 80
_MORE = Text("y más: {n}", "and more: {n}")
_COPY = Text(" · copia archivada: {copy}", " · archived copy: {copy}")


def desk_page(site: Site) -> Page:
    here = LISTS["desk"].to(site.lang)
    view = View(site, here)
    parts = desk(site.library, site.lang, site.today, site.seen)
    return Page(
        path=here,
        kind="desk",
        title=view.word(DESK),
        description=view.say("Lo que espera a quienes editan esta base.", "What waits for those who edit this base."),
        html=view.render("desk.html", title=DESK, parts=parts, told=told, longest=LONGEST),
        alternate=LISTS["desk"].to(other(site.lang)),
    )


def desk_text(library: Library, lang: Lang, today: date, seen: Mapping[str, Seen] | None) -> str:
    """For 80 columns; the numbers stand last, where a terminal is read first."""
    parts = desk(library, lang, today, seen)
    lines = [f"{DESK.to(lang)} · {day(today, lang)}", ""]
    for part in parts:
        if part.rows:
            title = f"{part.title.to(lang)}: {part.total}"
            lines += [title, "─" * len(title), *(line for row in part.rows[:LONGEST] for line in _lines(row, lang))]
            more = len(part.rows) - LONGEST
            lines += [f"  {_MORE.to(lang).format(n=more)}", ""] if more > 0 else [""]
    lines += [f"{part.total:>5}  {part.title.to(lang)}" for part in parts]
    lines += [part.remark.to(lang) for part in parts if part.remark]
    return "\n".join(lines) + "\n"


def _lines(row: Row, lang: Lang) -> list[str]:
    """What to type and since when, then its words on one line. An address is never broken: it is there to be copied."""
    said = f"{row.name} · {told(row.said, row.facts, lang)}" + (
        _COPY.to(lang).format(copy=row.copy) if row.copy else ""
    )
    lines = textwrap.wrap(printable(said), _WIDTH - 4, break_long_words=False, break_on_hyphens=False)
    words = textwrap.shorten(printable(row.words), _WIDTH - 4, placeholder=" …")
    return [f"  {lines[0]}", *(f"    {line}" for line in (*lines[1:], words))]
