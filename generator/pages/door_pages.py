"""For those who write: the doors through which a record comes in, and what each record asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from generator.base.text import Text
from generator.model.decoding import written
from generator.model.entry import Entry
from generator.model.record import Record
from generator.model.shape import FieldShape, Shape, shapes_of
from generator.pages.addresses import plain_pages
from generator.pages.order import RECORDS_WITH_PAGE
from generator.pages.page import LISTS, OPEN_EDITOR, ROOT, Page, relative
from generator.pages.view import Site, fixed_page
from generator.records.term import Term

SENT: tuple[type[Record], ...] = (*RECORDS_WITH_PAGE, Term)
"""The types that people send; a written page is part of the site itself."""
MOST_WORDS = 40
"""Words of a vocabulary that the guide lists; longer ones, such as countries, are named."""
_LINKS = Text("Enlaza las fichas en los dos sentidos.", "It links records both ways.")
_FINDS = Text(
    "Con palabras comunes, las fichas se encuentran y se comparan.",
    "With common words, records are found and compared.",
)
_ORDERS = Text("Ordena las fichas en el tiempo.", "It puts records in order of time.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as the guide tells it."""

    field: FieldShape
    example: str
    words: tuple[tuple[str, Text], ...]
    inside: tuple["Asked", ...]
    why: Text | None


def edit_page(site: Site) -> Page:
    here = ROOT[site.lang] + LISTS["edit"].to(site.lang)
    kinds = [cls.kind for cls in SENT if issubclass(cls, Entry)]
    guide = plain_pages(site.library, site.lang).get("enviar-un-caso")
    papers = [(kind.label, relative(here, LISTS["edit"].es + kind.paper)) for kind in kinds]
    return fixed_page(
        site,
        "edit",
        Text("Enviar o corregir una ficha", "Send or correct a record"),
        Text(
            "Las puertas para enviar un caso, una buena práctica, un acta o una corrección, sin saber de informática.",
            "The doors to send a case, a good practice, minutes or a correction through, without computer skills.",
        ),
        open=OPEN_EDITOR.to(site.lang),
        papers=papers,
        guide=guide,
    )


def fields_page(site: Site) -> Page:
    types = [(cls, tuple(_asked(site, cls))) for cls in SENT]
    page = fixed_page(
        site,
        "fields",
        Text("Guía de campos", "Field guide"),
        Text(
            "Qué se pregunta en cada ficha, qué es obligatorio, qué palabras se pueden elegir y un ejemplo de todo.",
            "What each record asks for, what is required, which words to choose from, and an example of each.",
        ),
        types=types,
    )
    return replace(page, toc=tuple((cls.kind.name, cls.kind.label.to(site.lang)) for cls, _ in types))


def _asked(site: Site, model: type[BaseModel]) -> Iterator[Asked]:
    for field in shapes_of(model):
        inside = tuple(_asked(site, field.one.part)) if field.one.part else ()
        example = "" if inside else written(field.name, field.told.example)
        yield Asked(field, example, _words(site, field.one), inside, why(field))


def why(field: FieldShape) -> Text | None:
    """Why it is asked: as the model says or, where it does not, as the kind of value says."""
    if field.told.why:
        return field.told.why
    if field.one.types is not None:
        return _LINKS
    if field.one.vocabulary or field.one.choices:
        return _FINDS
    return _ORDERS if field.one.pattern else None


def _words(site: Site, shape: Shape) -> tuple[tuple[str, Text], ...]:
    words = shape.terms(site.library.vocabularies)
    return words if len(words) <= MOST_WORDS else words[:1]
