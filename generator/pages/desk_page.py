"""The editors' desk: what waits for somebody, for members only; `kb status` says the same on a terminal."""

from generator.library.desk import DESK, LONGEST, desk
from generator.pages.page import LISTS, Page, other
from generator.pages.view import Site, View
from generator.pages.wording import told


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
