"""What cases, practices and minutes have in common: a title, a summary, topics, authorship and review."""

from typing import Annotated

from generator.model.fields import Part, about, again
from generator.model.kinds import Choice, Date, Reference, TermOf
from generator.model.record import LICENSE, Author, CitedSource, Consent, Image, OrganizationId, Record, Reviewed
from generator.model.scalars import SourceNumbers

GAP = Choice.of(("open-question", "pregunta abierta", "open question"), ("unverified", "sin verificar", "unverified"))


class Unknown(Part):
    kind: Annotated[str, GAP] = about(
        "Clase", "Kind",
        hint=(
            "Escriba unverified si la ficha lo dice y falta confirmarlo; open-question si ninguna fuente lo responde.",
            "Write unverified if the record says it and it is to be confirmed; open-question if no source answers it.",
        ),
        example="open-question",
    )  # fmt: skip
    text: str = about(
        "Qué no se sabe", "What is not known",
        hint=("Dígalo en una o dos frases que se entiendan solas.", "Say it in a sentence or two that stand alone."),
        example="No se vio quién paga el monitoreo desde 2021.", translatable=True, least=10, most=300,
    )  # fmt: skip
    source: SourceNumbers | None = about(
        "Fuente", "Source",
        hint=(
            "Escriba el número de la fuente que deja el vacío, si lo hay.",
            "Write the number of the source that leaves the gap, if there is one.",
        ),
        example="1", default=None,
    )  # fmt: skip


class Entry(Record):
    """A record that people read from beginning to end."""

    title: str = about(
        "Título", "Title",
        hint=("Diga qué pasó y dónde, en una línea.", "Say what happened and where, in one line."),
        example="Monitoreo del agua en el valle", translatable=True, least=5, most=110, on_sheet=False,
        unattributed=True,
        why=(
            "Es lo primero que se lee en listas, búsquedas y enlaces.",
            "It is read first in lists, searches and links.",
        ),
    )  # fmt: skip
    summary: str = about(
        "Resumen", "Summary",
        hint=(
            "Cuente qué pasó, dónde, cuándo y qué resultó: debe entenderse sin leer lo demás.",
            "Tell what happened, where, when and what came of it: it must be clear without the rest.",
        ),
        example=(
            "Entre 2019 y 2021, tres comunidades y una empresa midieron juntas la calidad del agua y publicaron los "
            "resultados."
        ),
        translatable=True, least=60, most=320, on_sheet=False, unattributed=True,
        why=(
            "Muchos leerán solo esto: en listas y en WhatsApp.",
            "Many will read only this: in lists and on WhatsApp.",
        ),
    )  # fmt: skip
    topics: tuple[Annotated[str, TermOf("topics")], ...] = about(
        "Temas", "Topics",
        hint=("Elija de uno a tres, el más importante primero.", "Choose one to three, the most important first."),
        example=["agua", "ambiente"], least=1, most=3, unattributed=True, living=True,
    )  # fmt: skip
    organizations: tuple[OrganizationId, ...] = about(
        "Organizaciones", "Organisations",
        hint=("Nombre las organizaciones de las que habla la ficha.", "Name the organisations the record speaks of."),
        example=["gore-moquegua"], default=(), on_sheet=False, living=True,
    )  # fmt: skip
    authors: tuple[Author, ...] = about(
        "Autoría", "Authors",
        hint=("Diga qué organización o equipo escribió la ficha.", "Say which organisation or team wrote the record."),
        example=[{"name": "Equipo editorial"}], default=(), on_sheet=False,
        why=("Quien lee sabe desde dónde se cuenta.", "Readers know from where it is told."),
    )  # fmt: skip
    created: Date = again(Record, "created")
    updated: Date | None = about(
        "Actualizado", "Updated",
        hint=("Escriba la fecha del último cambio de fondo.", "Write the date of the last change of substance."),
        example="2026-11-23", default=None, on_sheet=False, unattributed=True, living=True, editorial=True,
        aside=True,
    )  # fmt: skip
    reviewed: Reviewed | None = about(
        "Revisado", "Reviewed",
        hint=(
            "Diga cuándo y qué sectores la revisaron, nunca qué personas.",
            "Say when and which sectors reviewed it, never which people.",
        ),
        example={"date": "2026-11-20", "sectors": ["academia", "empresa-minera"]}, default=None, on_sheet=False,
        unattributed=True, living=True, editorial=True, aside=True,
        why=(
            "Con dos sectores, la ficha puede publicarse sin aviso.",
            "With two sectors, it can stand without a notice.",
        ),
    )  # fmt: skip
    license: Annotated[str, LICENSE] = about(
        "Licencia", "Licence",
        hint=("Escríbala solo si no es CC-BY-4.0.", "Write it only if it is not CC-BY-4.0."),
        example="CC-BY-4.0", default="CC-BY-4.0", on_sheet=False, unattributed=True, living=True, editorial=True,
    )  # fmt: skip
    image: Image | None = about(
        "Imagen", "Image",
        hint=("Nombre el archivo y diga qué muestra.", "Name the file and say what it shows."),
        example={"file": "plano.png", "alt": "Plano del valle"}, default=None, on_sheet=False, living=True,
        why=("Un plano o una foto explica lo que cuesta decir.", "A map or a photo explains what is hard to say."),
    )  # fmt: skip
    related: tuple[Annotated[str, Reference.to()], ...] = about(
        "Fichas relacionadas", "Related records",
        hint=("Nombre las fichas que ayuda leer junto a esta.", "Name the records worth reading beside this one."),
        example=["mesa-ejemplo"], default=(), on_sheet=False, living=True, editorial=True,
    )  # fmt: skip
    unknowns: tuple[Unknown, ...] = about(
        "Lo que aún no se sabe", "What is not known yet",
        hint=(
            "Diga qué falta verificar y qué preguntas quedan abiertas.",
            "Say what is still unverified and which questions are open.",
        ),
        example=[{"kind": "open-question", "text": "No se vio quién paga el monitoreo desde 2021."}],
        default=(), on_sheet=False,
        why=(
            "Lo que falta también es saber, y alguien puede traerlo.",
            "What is missing is knowledge too; others may bring it.",
        ),
    )  # fmt: skip
    consent: Consent | None = about(
        "Consentimiento", "Consent",
        hint=("Escríbalo solo si la ficha nombra a una persona.", "Write it only if the record names a person."),
        example={"basis": "consentimiento escrito", "date": "2026-11-20"}, default=None, on_sheet=False, living=True,
        editorial=True,
        why=("La Ley 29733 protege los datos de las personas.", "Law 29733 protects people's data."),
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.title

    @property
    def lead(self) -> str:
        return self.summary


class SourcedEntry(Entry):
    """An entry that cannot do without authors and sources."""

    authors: tuple[Author, ...] = again(Entry, "authors", least=1)
    sources: tuple[CitedSource, ...] = again(Entry, "sources", least=1)
