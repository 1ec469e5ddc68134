"""What every record has in common: identity, state, who may see it, and where it comes from."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import PrivateAttr

from generator.base.text import Lang, Text, slug
from generator.model.fields import Part, about
from generator.model.kinds import Attachment, Choice, Date, Reference, TermOf
from generator.model.scalars import Id, Url
from generator.reading.markdown import Body

LANGUAGE = Choice.of(("es", "español", "Spanish"), ("en", "inglés", "English"))
STATUS = Choice.of(
    ("draft", "borrador", "draft"),
    ("in-review", "en revisión", "in review"),
    ("published", "publicado", "published"),
    ("archived", "archivado", "archived"),
)
VISIBILITY = Choice.of(("public", "público", "public"), ("members", "solo miembros", "members only"))
LICENSE = Choice.of(
    ("CC-BY-4.0", "Creative Commons Atribución 4.0", "Creative Commons Attribution 4.0"),
    ("CC-BY-SA-4.0", "Creative Commons Atribución-CompartirIgual 4.0", "Creative Commons Attribution-ShareAlike 4.0"),
    ("CC0-1.0", "dominio público (CC0 1.0)", "public domain (CC0 1.0)"),
)
TRANSLATION = Choice.of(
    ("human", "traducción hecha por una persona", "translated by a person"),
    ("machine", "traducción automática, sin revisar", "machine translation, not reviewed"),
    (
        "machine-reviewed",
        "traducción automática, revisada por una persona",
        "machine translation, reviewed by a person",
    ),
)

Sector = Annotated[str, TermOf("sectors")]
OrganizationId = Annotated[str, Reference.to("organization")]


def cited(*, default: Any = ...) -> Any:
    """Declares the field of a part that cites the record's own sources."""
    hint = ("Escriba su número en «sources».", "Write its number in “sources”.")
    return about("Fuente", "Source", hint=hint, example="1", default=default)


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

    @property
    def paper(self) -> str:
        """The name of the document to fill in, of a type that has one."""
        return f"plantilla-{slug(self.label.es)}.docx"


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
        "Título", "Title",
        hint=("Copie el título como figura en la fuente.", "Copy the title as the source prints it."),
        example="Informe anual", translatable=True, proper_name=True, most=300,
    )  # fmt: skip
    language: Annotated[str, LANGUAGE] | None = about(
        "Idioma del título", "Language of the title",
        hint=("Escríbalo solo si no es el de la ficha: es o en.", "Write it only if it is not the record's: es or en."),
        example="en", default=None, editorial=True, aside=True,
        why=("Los lectores de pantalla lo pronuncian bien.", "Screen readers pronounce it well."),
    )  # fmt: skip
    url: Url | None = about(
        "Dirección web", "Web address",
        hint=("Escriba la dirección en la que se vio la fuente.", "Write the address where the source was seen."),
        example="https://example.org/informe", default=None,
    )  # fmt: skip
    file: Annotated[str, Attachment("file")] | None = about(
        "Archivo", "File",
        hint=(
            "Nombre el adjunto de la ficha, si la fuente no está en la web.",
            "Name the record's attachment, if the source is not on the web.",
        ),
        example="informe.pdf", default=None, editorial=True,
    )  # fmt: skip
    publisher: str | None = about(
        "Quién lo publica", "Publisher",
        hint=("Diga qué organización o medio la publica.", "Say which organisation or outlet publishes it."),
        example="Diario regional", default=None, translatable=True, proper_name=True, never_person=True,
    )  # fmt: skip
    date: Date | None = about(
        "Fecha", "Date",
        hint=("Escriba su fecha, tan precisa como se sepa.", "Write its date, as precise as it is known."),
        example="2023-04-19", default=None,
    )  # fmt: skip
    accessed: Date | None = about(
        "Consultado", "Accessed", hint=("Escriba cuándo se consultó.", "Write when it was consulted."),
        example="2026-11", default=None,
    )  # fmt: skip
    archived_url: Url | None = about(
        "Copia archivada", "Archived copy",
        hint=("Escriba la dirección de una copia que no cambia.", "Write the address of a copy that does not change."),
        example="https://archive.example.org/informe", default=None, editorial=True,
    )  # fmt: skip
    sector: Annotated[str, TermOf("sectors")] | None = about(
        "Voz de", "Voice of",
        hint=("Diga de qué sector es la voz que habla en la fuente.", "Say which sector's voice speaks in the source."),
        example="academia", default=None,
    )  # fmt: skip
    note: str | None = about(
        "Alcance de lo visto", "What was seen of it",
        hint=("Diga qué parte se leyó y con qué límites.", "Say which part was read, and within what limits."),
        example="Se vieron la portada y el índice.", default=None, translatable=True, most=300,
    )  # fmt: skip


class Author(Part):
    organization: OrganizationId | None = about(
        "Organización", "Organisation",
        hint=(
            "Escriba el identificador de su ficha: el nombre del archivo sin «.md».",
            "Write the id of its record: the file's name without “.md”.",
        ),
        example="gore-moquegua", default=None,
    )  # fmt: skip
    name: str | None = about(
        "Nombre", "Name",
        hint=("Escriba el nombre, si la organización no tiene ficha.", "Write the name, if it has no record."),
        example="Equipo editorial", default=None, translatable=True, most=120, never_person=True,
    )  # fmt: skip


class Reviewed(Part):
    date: Date = about(
        "Fecha", "Date", hint=("Escriba cuándo se revisó.", "Write when it was reviewed."), example="2026-11-20",
        unattributed=True,
    )  # fmt: skip
    sectors: tuple[Sector, ...] = about(
        "Sectores", "Sectors",
        hint=(
            "Nombre al menos dos sectores distintos, nunca a las personas.",
            "Name at least two different sectors, never the people.",
        ),
        example=["academia", "empresa-minera"], least=2, unattributed=True,
    )  # fmt: skip


class Image(Part):
    file: Annotated[str, Attachment("image")] = about(
        "Archivo", "File",
        hint=("Nombre un archivo de la carpeta de la ficha.", "Name a file of the record's folder."),
        example="plano.png",
    )  # fmt: skip
    alt: str = about(
        "Texto alternativo", "Alternative text",
        hint=("Diga qué muestra, para quien no puede verla.", "Say what it shows, for those who cannot see it."),
        example="Plano del valle", translatable=True, most=250,
    )  # fmt: skip
    credit: str | None = about(
        "Crédito", "Credit", hint=("Diga de quién es la imagen.", "Say whose image it is."),
        example="Municipalidad", default=None, never_person=True,
    )  # fmt: skip


class Consent(Part):
    basis: str = about(
        "Base legal", "Basis",
        hint=(
            "Diga por qué se puede nombrar a la persona (Ley 29733).",
            "Say why the person may be named (Law 29733).",
        ),
        example="consentimiento escrito", most=200,
    )  # fmt: skip
    date: Date = about(
        "Fecha", "Date", hint=("Escriba cuándo se dio.", "Write when it was given."), example="2026-11-20"
    )


class Record(Part):
    """Fields of every record, whatever its type."""

    kind: ClassVar[RecordType]
    _origin: Origin = PrivateAttr()

    language: Annotated[str, LANGUAGE] = about(
        "Idioma", "Language",
        hint=("Diga en qué idioma se escribió: es o en.", "Say in which language it was written: es or en."),
        example="es", default="es", on_sheet=False, unattributed=True, editorial=True,
    )  # fmt: skip
    status: Annotated[str, STATUS] = about(
        "Estado", "Status",
        hint=(
            "Diga en qué paso está; un borrador no se publica nunca.",
            "Say where it stands; a draft is never published.",
        ),
        example="in-review", default="in-review", on_sheet=False, unattributed=True, living=True, editorial=True,
        aside=True,
        why=("Quien lee sabe así cuánto puede confiar en la ficha.", "Readers know by it how far to trust the record."),
    )  # fmt: skip
    visibility: Annotated[str, VISIBILITY] = about(
        "Quién lo ve", "Who sees it",
        hint=("Elija public (todos) o members (solo miembros).", "Choose public (everyone) or members (members only)."),
        example="public", default="public", on_sheet=False, unattributed=True, living=True, editorial=True, aside=True,
        why=(
            "Lo que es de los miembros no está en el sitio público.",
            "What is the members' is not on the public site.",
        ),
    )  # fmt: skip
    created: Date | None = about(
        "Creado", "Created",
        hint=("Escriba la fecha en que se hizo la ficha.", "Write the date when the record was made."),
        example="2026-11-23", default=None, on_sheet=False, unattributed=True, editorial=True, aside=True,
    )  # fmt: skip
    aliases: tuple[Id, ...] = about(
        "Identificadores anteriores", "Former ids",
        hint=(
            "Escriba los nombres que tuvo el archivo: sus direcciones llevarán a la nueva.",
            "Write the names the file had: their addresses will lead to the new one.",
        ),
        example=["nombre-anterior"], default=(), on_sheet=False, unattributed=True, living=True, editorial=True,
        aside=True, why=("Los enlaces que otros guardaron siguen abriendo.", "Links that others kept still open."),
    )  # fmt: skip
    sources: tuple[CitedSource, ...] = about(
        "Fuentes", "Sources", hint=("Diga de dónde sale cada hecho.", "Say where each fact comes from."),
        example=[{"title": "Informe anual", "url": "https://example.org/informe"}], default=(), on_sheet=False,
        living=True, why=("Otra persona puede comprobar lo que se afirma.", "Somebody else can check what is claimed."),
    )  # fmt: skip

    @cached_property
    def id(self) -> str:
        return self.origin.id

    @property
    def path(self) -> str:
        """The file that it, or the record that it translates, was read from, relative to the repository."""
        return self.origin.path

    @property
    def file(self) -> str:
        """The file that holds its text."""
        return self.origin.translation_path or self.origin.path

    @property
    def folder(self) -> str:
        """Where its attachments lie."""
        return self.path.removesuffix(".md")

    @property
    def body(self) -> Body:
        return self.origin.body

    @cached_property
    def origin(self) -> Origin:
        return self._origin

    @property
    def heading(self) -> str:
        """What the record is called."""
        raise NotImplementedError

    @property
    def also_called(self) -> tuple[str, ...]:
        """Acronyms and other names under which people look for it."""
        return ()

    @property
    def lead(self) -> str:
        """What lists and previews say of it."""
        raise NotImplementedError

    def coming_from(self, origin: Origin) -> Self:
        copy = self.model_copy()
        copy.__dict__.pop("origin", None)  # a copy keeps what was computed of the other
        copy._origin = origin  # noqa: SLF001  # the only place where a record gets its origin
        return copy

    def with_body(self, body: Body) -> Self:
        return self.coming_from(replace(self._origin, body=body))
