"""In a preview: a file with errors shows them at its record's own address."""

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from generator.base.diagnostics import Report, Severity
from generator.base.text import Lang
from generator.library.naming import record_class
from generator.model.record import Record
from generator.pages.addresses import list_address
from generator.pages.page import Page, other
from generator.pages.plan import Planned
from generator.pages.view import Site, View
from generator.report.human import one


def problem_pages(site: Site, report: Report) -> Iterator[Planned]:
    """The page of each file of records that cannot be shown; made anew each time."""
    for path in sorted({found.source.path for found in report.diagnostics if found.rule.severity is Severity.ERROR}):
        if cls := record_class(path):
            here, there = (_address(cls, path, lang) for lang in (site.lang, other(site.lang)))
            yield Planned(here, there, (object(),), partial(_problem_page, site, here, path, report))


def _problem_page(site: Site, here: str, path: str, report: Report) -> Page:
    view = View(site, here)
    problems = [(problem, one(problem, site.lang)) for problem in report.errors_in(path)]
    return Page(
        path=here,
        kind="problems",
        title=path,
        description=view.say("Esta ficha tiene errores.", "This record has errors."),
        html=view.render("problems.html", path=path, problems=problems),
        source_path=path,
    )


def _address(cls: type[Record], path: str, lang: Lang) -> str:
    """Where the record of a file would be, known from its name alone."""
    stem = PurePosixPath(path).name.split(".")[0]
    if cls.kind.name == "page":
        return f"{stem}/"
    return f"{list_address(cls, lang)}{stem}/"
