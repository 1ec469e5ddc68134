"""A page to be staged, and the addresses pages have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.base.text import Lang, Text

ROOT: Mapping[Lang, str] = {"es": "", "en": "en/"}
"""Where each language's site begins, from the Spanish root."""


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is its address in its language's site (`casos/agua/`, empty for home)."""

    path: str
    kind: str
    title: str
    description: str
    html: str
    source_path: str | None = None
    """The file that a person edits."""
    search_marks: str = ""
    """HTML that only the search index sees."""
    toc: tuple[tuple[str, str], ...] = ()
    """(anchor, words) of the sections worth jumping to."""
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The staged Markdown file that an engine turns into this address: in the folder of that name, so that
        relative addresses mean the same in the file and on the page.
        """
        return f"{self.path}index.md"


LISTS = {
    "home": Text("", ""),
    "explore": Text("explorar/", "explore/"),
    "map": Text("mapa/", "map/"),
    "balance": Text("equilibrio/", "balance/"),
    "agreements": Text("acuerdos/", "agreements/"),
    "glossary": Text("glosario/", "glossary/"),
    "rules": Text("reglas/", "rules/"),
    "saved": Text("guardadas/", "saved/"),
    "edit": Text("editar/", "edit/"),
    "fields": Text("guia-de-campos/", "field-guide/"),
    "desk": Text("escritorio/", "desk/"),
    "unknowns": Text("lo-que-no-sabemos/", "what-we-do-not-know/"),
}
OPEN_EDITOR = Text("abrir/", "open/")
"""The web editor itself, below the page that tells of it."""


def editor_address(lang: Lang) -> str:
    """From the Spanish root."""
    return ROOT[lang] + LISTS["edit"].to(lang) + OPEN_EDITOR.to(lang)


def relative(start: str, target: str) -> str:
    """The address of a page as written in another, both given from the same root: up to it, and down again."""
    if target.partition("#")[0] == start:
        return target[len(start) :] or "./"
    return "../" * start.count("/") + target or "./"


def numbered(path: str, number: int) -> str:
    """The address of a page of a list: the first one is the list's own."""
    return path if number == 1 else f"{path}{number}/"


def other(lang: Lang) -> Lang:
    return "en" if lang == "es" else "es"
