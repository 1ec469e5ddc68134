"""In a preview: a file with errors shows them at its record's own address."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic
from generator.base.text import Lang
from generator.model.record import Record
from generator.pages.addresses import list_address
from generator.pages.page import Page, other
from generator.pages.view import Site, View


def problem_page(site: Site, cls: type[Record], path: str, problems: Iterable[tuple[Diagnostic, str]]) -> Page:
    """The page of a file that cannot be shown; each problem comes with its printed form."""
    here = address_of(cls, path, site.lang)
    view = View(site, here)
    return Page(
        path=here,
        kind="problems",
        title=path,
        description=view.say("Esta ficha tiene errores.", "This record has errors."),
        html=view.render("problems.html", path=path, problems=list(problems)),
        alternate=address_of(cls, path, other(site.lang)),
        source_path=path,
    )


def address_of(cls: type[Record], path: str, lang: Lang) -> str:
    """Where the record of a file would be, known from its name alone."""
    stem = PurePosixPath(path).name.split(".")[0]
    if cls.kind.name == "page":
        return f"{stem}/"
    return f"{list_address(cls, lang)}{stem}/"


def files_with_errors(problems: Iterable[Diagnostic]) -> Iterator[str]:
    yield from sorted({found.source.path for found in problems if found.rule.severity.value == "error"})
