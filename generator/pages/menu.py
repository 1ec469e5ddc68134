"""The site's menu: lists and written pages, never records, so that its size does not grow with them."""

from typing import Any

from generator.library.desk import DESK
from generator.pages.addresses import list_address, plain_pages, record_address
from generator.pages.page import LISTS
from generator.pages.view import Site
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.organization import Organization
from generator.records.page import Page as PlainPage
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
    "es": (
        "Inicio",
        "Acuerdos",
        "Canon",
        "Explorar",
        "Mapa",
        "Comunidad",
        "Equilibrio de voces",
        "Lo que no sabemos",
        "Reglas",
        "Enviar una ficha",
        "Guía de campos",
    ),
    "en": (
        "Home",
        "Agreements",
        "Canon",
        "Explore",
        "Map",
        "Community",
        "Balance of voices",
        "What we do not know",
        "Rules",
        "Send a record",
        "Field guide",
    ),
}


def menu(site: Site) -> list[Any]:
    """MkDocs' `nav`: words and staged files."""
    lang = site.lang
    home, agreements, canon, explore, map_, community, balance, unknowns, rules, edit, fields = _WORDS[lang]
    written = _by_spanish_stem(site)
    entries: list[Any] = [{home: "index.md"}]
    entries += [{cls.kind.plural.to(lang): _file(list_address(cls, lang))} for cls in (Case, Practice, Minutes)]
    entries.append({agreements: _file(LISTS["agreements"].to(lang))})
    if page := written.get("canon"):
        entries.append({canon: _file(record_address(page, lang))})
    entries.append({Organization.kind.plural.to(lang): _file(list_address(Organization, lang))})
    entries.append({"Glosario" if lang == "es" else "Glossary": _file(LISTS["glossary"].to(lang))})
    entries += [{explore: _file(LISTS["explore"].to(lang))}, {map_: _file(LISTS["map"].to(lang))}]
    about: list[Any] = [
        {page.title: _file(record_address(page, lang))} for stem in COMMUNITY if (page := written.get(stem))
    ]
    about.append({balance: _file(LISTS["balance"].to(lang))})
    about += [{unknowns: _file(LISTS["unknowns"].to(lang))}, {rules: _file(LISTS["rules"].to(lang))}]
    about += [{edit: _file(LISTS["edit"].to(lang))}, {fields: _file(LISTS["fields"].to(lang))}]
    if site.library.for_members:
        about.append({DESK.to(lang): _file(LISTS["desk"].to(lang))})
    entries.append({community: about})
    return entries


def _by_spanish_stem(site: Site) -> dict[str, PlainPage]:
    pages = plain_pages(site.library, site.lang)
    return {page.translation_of or stem: page for stem, page in pages.items()}


def _file(address: str) -> str:
    return f"{address}index.md"
