"""What cases, practices and minutes have in common: a title, a summary, topics, authorship and review."""

from typing import Annotated

from generator.model.fields import about
from generator.model.kinds import Date, Reference, TermOf
from generator.model.record import LICENSE, Author, CitedSource, Consent, Image, Record, Reviewed
from generator.model.scalars import Id


class Entry(Record):
    """A record that people read from beginning to end."""

    title: str = about(
        "Título", "Title", hint=("Qué y dónde, en una línea.", "What and where, in one line."), example="Monitoreo del agua en el valle", translatable=True,
        least=5, most=110, on_sheet=False,
    )  # fmt: skip
    summary: str = about(
        "Resumen", "Summary",
        hint=("Qué pasó, dónde, cuándo y qué resultó; se lee solo.", "What happened, where, when and what came of it; it stands alone."),
        example="Entre 2019 y 2021, tres comunidades y una empresa midieron juntas la calidad del agua y publicaron los resultados.",
        translatable=True, least=60, most=320, on_sheet=False,
    )  # fmt: skip
    topics: tuple[Annotated[str, TermOf("topics")], ...] = about(
        "Temas", "Topics", hint=("De uno a tres, el más importante primero.", "One to three, the most important first."),
        example=["agua", "ambiente"], least=1, most=3,
    )  # fmt: skip
    organizations: tuple[Annotated[Id, Reference.to("organization")], ...] = about(
        "Organizaciones",
        "Organisations",
        hint=("Las que la ficha menciona.", "Those the record speaks of."),
        example=["gore-moquegua"],
        default=(),
        on_sheet=False,
    )
    authors: tuple[Author, ...] = about(
        "Autoría", "Authors", hint=("Organización o equipo que redactó la ficha.", "Organisation or team that wrote the record."),
        example=[{"name": "Equipo editorial"}], default=(), on_sheet=False,
    )  # fmt: skip
    created: Date = about(
        "Creado",
        "Created",
        hint=("Cuándo se escribió la ficha.", "When the record was written."),
        example="2026-11-23",
        on_sheet=False,
    )
    updated: Date | None = about(
        "Actualizado",
        "Updated",
        hint=("Último cambio de fondo.", "Last change of substance."),
        example="2026-11-23",
        default=None,
        on_sheet=False,
    )
    reviewed: Reviewed | None = about(
        "Revisado", "Reviewed", hint=("Por sectores, nunca por personas.", "By sectors, never by people."),
        example={"date": "2026-11-20", "sectors": ["academia", "empresa-minera"]}, default=None, on_sheet=False,
    )  # fmt: skip
    license: Annotated[str, LICENSE] = about(
        "Licencia",
        "Licence",
        hint=("CC-BY-4.0 si no se dice otra.", "CC-BY-4.0 unless said otherwise."),
        example="CC-BY-4.0",
        default="CC-BY-4.0",
        on_sheet=False,
    )
    image: Image | None = about(
        "Imagen", "Image", hint=("Con su texto alternativo.", "With its alternative text."), example={"file": "plano.png", "alt": "Plano del valle"},
        default=None, on_sheet=False,
    )  # fmt: skip
    related: tuple[Annotated[Id, Reference.to()], ...] = about(
        "Fichas relacionadas", "Related records", hint=("Las que ayuda leer junto a esta.", "Those worth reading beside this one."), example=["otra-ficha"],
        default=(), on_sheet=False,
    )  # fmt: skip
    consent: Consent | None = about(
        "Consentimiento", "Consent", hint=("Solo si se nombra a una persona.", "Only if a person is named."),
        example={"basis": "consentimiento escrito", "date": "2026-11-20"}, default=None, on_sheet=False,
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.title

    @property
    def lead(self) -> str:
        return self.summary


class SourcedEntry(Entry):
    """An entry that cannot do without authors and sources."""

    authors: tuple[Author, ...] = about(
        "Autoría", "Authors", hint=("Organización o equipo que redactó la ficha.", "Organisation or team that wrote the record."),
        example=[{"name": "Equipo editorial"}], least=1, on_sheet=False,
    )  # fmt: skip
    sources: tuple[CitedSource, ...] = about(
        "Fuentes", "Sources", hint=("De dónde sale cada hecho.", "Where each fact comes from."),
        example=[{"title": "Informe anual", "url": "https://example.org/informe"}], least=1, on_sheet=False,
    )  # fmt: skip
