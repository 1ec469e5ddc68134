"""What every record has in common: identity, state, who may see it, and where it comes from."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from pydantic import PrivateAttr

from generator.base.text import Lang, Text
from generator.model.fields import Part, about
from generator.model.kinds import Choice, Date, TermOf
from generator.model.scalars import Id, Url
from generator.reading.markdown import Body

LANGUAGE = Choice((("es", Text("español", "Spanish")), ("en", Text("inglés", "English"))))
STATUS = Choice(
    (
        ("draft", Text("borrador", "draft")),
        ("in-review", Text("en revisión", "in review")),
        ("published", Text("publicado", "published")),
        ("archived", Text("archivado", "archived")),
    )
)
VISIBILITY = Choice((("public", Text("público", "public")), ("members", Text("solo miembros", "members only"))))
LICENSE = Choice(
    (
        ("CC-BY-4.0", Text("Creative Commons Atribución 4.0", "Creative Commons Attribution 4.0")),
        (
            "CC-BY-SA-4.0",
            Text("Creative Commons Atribución-CompartirIgual 4.0", "Creative Commons Attribution-ShareAlike 4.0"),
        ),
        ("CC0-1.0", Text("dominio público (CC0 1.0)", "public domain (CC0 1.0)")),
    )
)
TRANSLATION = Choice(
    (
        ("human", Text("traducción hecha por una persona", "translated by a person")),
        ("machine", Text("traducción automática, sin revisar", "machine translation, not reviewed")),
        (
            "machine-reviewed",
            Text("traducción automática, revisada por una persona", "machine translation, reviewed by a person"),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type of record: its name in code, its folder, its words and addresses, the sections its body must have."""

    name: str
    folder: str
    label: Text
    plural: Text
    address: Text
    sections: tuple[Text, ...] = ()
    own_page: bool = True
    """Whether each record has an address of its own, or an anchor in its type's list."""
    starters: tuple[str, ...] = ()
    """Fields that a first record has beside the required ones."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read from. `shown_in` is the language of what it holds, after translation."""

    id: str
    path: str
    body: Body
    shown_in: Lang
    translation: str | None = None
    translation_path: str | None = None
    stale: bool = False
    """Whether the original changed after this translation was made."""


class CitedSource(Part):
    title: str = about(
        "Título",
        "Title",
        hint=("Como figura en la fuente.", "As printed in the source."),
        example="Informe anual",
        most=300,
    )
    url: Url | None = about(
        "Dirección web",
        "Web address",
        hint=("Donde se vio.", "Where it was seen."),
        example="https://example.org/informe",
        default=None,
    )
    file: str | None = about(
        "Archivo", "File", hint=("Adjunto de la ficha, si la fuente no está en la web.", "An attachment of the record, if the source is not on the web."),
        example="informe.pdf", default=None,
    )  # fmt: skip
    publisher: str | None = about(
        "Quién lo publica",
        "Publisher",
        hint=("Organización o medio.", "Organisation or outlet."),
        example="Diario regional",
        default=None,
    )
    date: Date | None = about(
        "Fecha", "Date", hint=("Tan precisa como se sepa.", "As precise as known."), example="2023-04-19", default=None
    )
    accessed: Date | None = about(
        "Consultado", "Accessed", hint=("Cuándo se vio.", "When it was seen."), example="2026-11", default=None
    )
    archived_url: Url | None = about(
        "Copia archivada", "Archived copy", hint=("Dirección de una copia que no cambia.", "Address of a copy that does not change."),
        example="https://archive.example.org/informe", default=None,
    )  # fmt: skip
    sector: Annotated[str, TermOf("sectors")] | None = about(
        "Voz de",
        "Voice of",
        hint=("De qué sector es la voz.", "Which sector's voice it is."),
        example="academia",
        default=None,
    )
    note: str | None = about(
        "Alcance de lo visto", "What was seen of it", hint=("Qué parte se leyó y con qué límites.", "Which part was read and its limits."),
        example="Visto: portada e índice", default=None, translatable=True, most=300,
    )  # fmt: skip


class Author(Part):
    organization: Id | None = about(
        "Organización",
        "Organisation",
        hint=("Identificador de su ficha.", "Id of its record."),
        example="gore-moquegua",
        default=None,
    )
    name: str | None = about(
        "Nombre",
        "Name",
        hint=("Si no tiene ficha.", "If it has no record."),
        example="Equipo editorial",
        default=None,
        most=120,
    )


class Reviewed(Part):
    date: Date = about("Fecha", "Date", hint=("Cuándo se revisó.", "When it was reviewed."), example="2026-11-20")
    sectors: tuple[Annotated[str, TermOf("sectors")], ...] = about(
        "Sectores", "Sectors", hint=("Al menos dos distintos; nunca personas.", "At least two different ones; never people."),
        example=["academia", "empresa-minera"], least=2,
    )  # fmt: skip


class Image(Part):
    file: str = about(
        "Archivo", "File", hint=("En la carpeta de la ficha.", "In the record's folder."), example="plano.png"
    )
    alt: str = about(
        "Texto alternativo", "Alternative text", hint=("Qué muestra, para quien no la ve.", "What it shows, for those who cannot see it."),
        example="Plano del valle", translatable=True, most=250,
    )  # fmt: skip
    credit: str | None = about(
        "Crédito", "Credit", hint=("Autoría de la imagen.", "Whose image it is."), example="Municipalidad", default=None
    )


class Consent(Part):
    basis: str = about(
        "Base legal", "Basis", hint=("Por qué se puede nombrar a la persona (Ley 29733).", "Why the person may be named (Ley 29733)."),
        example="consentimiento escrito", most=200,
    )  # fmt: skip
    date: Date = about("Fecha", "Date", hint=("Cuándo se dio.", "When it was given."), example="2026-11-20")


class Record(Part):
    """Fields of every record, whatever its type."""

    kind: ClassVar[RecordType]
    _origin: Origin = PrivateAttr()

    language: Annotated[str, LANGUAGE] = about(
        "Idioma",
        "Language",
        hint=("En el que se escribió: es o en.", "In which it was written: es or en."),
        example="es",
        default="es",
        on_sheet=False,
    )
    status: Annotated[str, STATUS] = about(
        "Estado",
        "Status",
        hint=("Un borrador no se publica nunca.", "A draft is never published."),
        example="in-review",
        default="in-review",
        on_sheet=False,
    )
    visibility: Annotated[str, VISIBILITY] = about(
        "Quién lo ve",
        "Who sees it",
        hint=("public o members.", "public or members."),
        example="public",
        default="public",
        on_sheet=False,
    )
    created: Date | None = about(
        "Creado",
        "Created",
        hint=("Cuándo se escribió la ficha.", "When the record was written."),
        example="2026-11-23",
        default=None,
        on_sheet=False,
    )
    aliases: tuple[Id, ...] = about(
        "Identificadores anteriores", "Former ids", hint=("Las direcciones antiguas llevarán a la nueva.", "Old addresses will lead to the new one."),
        example=["nombre-anterior"], default=(), on_sheet=False,
    )  # fmt: skip
    sources: tuple[CitedSource, ...] = about(
        "Fuentes", "Sources", hint=("De dónde sale cada hecho.", "Where each fact comes from."),
        example=[{"title": "Informe anual", "url": "https://example.org/informe"}], default=(), on_sheet=False,
    )  # fmt: skip

    @property
    def id(self) -> str:
        return self._origin.id

    @property
    def path(self) -> str:
        """The file it was read from, relative to the repository."""
        return self._origin.path

    @property
    def body(self) -> Body:
        return self._origin.body

    @property
    def origin(self) -> Origin:
        return self._origin

    @property
    def heading(self) -> str:
        """What the record is called."""
        raise NotImplementedError

    @property
    def lead(self) -> str:
        """What lists and previews say of it."""
        raise NotImplementedError

    @property
    def is_public(self) -> bool:
        """Closed by default: whatever does not say it is public is for members."""
        return self.visibility == "public"

    def coming_from(self, origin: Origin) -> Self:
        copy = self.model_copy()
        copy._origin = origin  # noqa: SLF001  # the only place where a record gets its origin
        return copy

    def with_body(self, body: Body) -> Self:
        return self.coming_from(replace(self._origin, body=body))
