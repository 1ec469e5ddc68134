"""The site's menu: lists and written pages, never records, so that its size does not grow with them."""

from typing import Any

from generator.base.text import Text
from generator.library.desk import DESK
from generator.model.record import Record
from generator.pages.addresses import list_address, plain_pages, record_address
from generator.pages.page import LISTS
from generator.pages.view import Site
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.practice import Practice

COMMUNITY = (
    "comunidad",
    "participantes",
    "historia",
    "participar",
    "enviar-un-caso",
    "redaccion-neutral",
    "revision",
    "guia-de-revision",
    "privacidad",
    "licencia",
)
"""The written pages about the community, in order, by the stem of the Spanish one."""

_WORDS = {
    "home": Text("Inicio", "Home"),
    "agreements": Text("Acuerdos", "Agreements"),
    "glossary": Text("Glosario", "Glossary"),
    "explore": Text("Explorar", "Explore"),
    "map": Text("Mapa", "Map"),
    "balance": Text("Equilibrio de voces", "Balance of voices"),
    "unknowns": Text("Lo que no sabemos", "What we do not know"),
    "rules": Text("Reglas", "Rules"),
    "edit": Text("Enviar una ficha", "Send a record"),
    "fields": Text("Guía de campos", "Field guide"),
    "desk": DESK,
}

Entry = dict[str, str]


def menu(site: Site) -> list[Any]:
    """MkDocs' `nav`: words and staged files."""
    lang = site.lang
    written = plain_pages(site.library, lang)

    def fixed(*names: str) -> list[Entry]:
        return [_entry(_WORDS[name].to(lang), LISTS[name].to(lang)) for name in names]

    def pages(*stems: str) -> list[Entry]:
        found = [written[stem] for stem in stems if stem in written]
        return [_entry(page.title, record_address(page, lang)) for page in found]

    def lists(*types: type[Record]) -> list[Entry]:
        return [_entry(cls.kind.plural.to(lang), list_address(cls, lang)) for cls in types]

    canon = written.get("canon")
    desk = ["desk"] if site.library.for_members else []
    community = [*pages(*COMMUNITY), *fixed("balance", "unknowns", "rules", "edit", "fields", *desk)]
    return [
        *fixed("home"),
        *lists(Case, Practice, Minutes),
        *fixed("agreements"),
        *([_entry("Canon", record_address(canon, lang))] if canon else []),
        *lists(Organization),
        *fixed("glossary", "explore", "map"),
        {Text("Comunidad", "Community").to(lang): community},
    ]


def _entry(words: str, address: str) -> Entry:
    return {words: f"{address}index.md"}
