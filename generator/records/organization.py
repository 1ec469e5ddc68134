"""An organisation: who takes part. No personal contact data."""

from typing import ClassVar

from generator.base.text import Text
from generator.model.fields import Part, about
from generator.model.kinds import Date
from generator.model.record import Record, RecordType, Sector
from generator.model.scalars import Url, Yes


class Active(Part):
    since: Date | None = about(
        "Desde", "From", hint=("Escriba cuándo empezó.", "Write when it began."), example="2001", default=None
    )
    until: Date | None = about(
        "Hasta", "To", hint=("Escriba cuándo dejó de existir.", "Write when it ceased."), example="2020", default=None
    )


class Organization(Record):
    kind: ClassVar[RecordType] = RecordType(
        name="organization",
        folder="content/organizations",
        label=Text("Organización", "Organisation"),
        plural=Text("Organizaciones", "Organisations"),
        address=Text("organizaciones", "organizations"),
        starters=("summary", "created"),
    )

    name: str = about(
        "Nombre", "Name", hint=("Escriba el nombre oficial.", "Write the official name."),
        example="Gobierno Regional de Moquegua", translatable=True, proper_name=True, least=2, most=160, on_sheet=False,
        never_person=True,
        why=("Las fichas la nombran siempre igual.", "Records name it always alike."),
    )  # fmt: skip
    acronym: str | None = about(
        "Siglas o nombre corto", "Acronym or short name",
        hint=("Escriba las siglas o el nombre corto que se usa.", "Write the acronym or short name in use."),
        example="GORE Moquegua", default=None, most=40,
        why=("Mucha gente la busca por su sigla.", "Many people look for it by its acronym."),
    )  # fmt: skip
    sector: Sector = about(
        "Sector", "Sector", hint=("Elija el sector al que pertenece.", "Choose the sector it belongs to."),
        example="gobierno-subnacional",
    )  # fmt: skip
    core_group: Yes = about(
        "Grupo núcleo", "Core group",
        hint=("Escriba yes si integra el grupo núcleo.", "Write yes if it is in the core group."),
        example="yes", default=False,
        why=("Muestra a quién acudir.", "It shows whom to turn to."),
    )  # fmt: skip
    url: Url | None = about(
        "Sitio web", "Website", hint=("Escriba la dirección del sitio oficial.", "Write the official site's address."),
        example="https://example.org", default=None,
        why=("Lleva a lo que la organización dice de sí.", "It leads to what the organisation says of itself."),
    )  # fmt: skip
    active: Active | None = about(
        "Actividad", "Active",
        hint=(
            "Diga desde cuándo existe y, si dejó de existir, hasta cuándo.",
            "Say since when it exists and, if it ceased, until when.",
        ),
        example={"since": "2001"}, default=None,
        why=("Una organización puede haber cambiado o cerrado.", "An organisation may have changed or closed."),
    )  # fmt: skip
    summary: str | None = about(
        "Resumen", "Summary", hint=("Diga qué es, en una o dos frases.", "Say what it is, in a sentence or two."),
        example="Gobierno del departamento de Moquegua; convocó la mesa de diálogo de 2011.", default=None,
        translatable=True, least=60, most=320, on_sheet=False,
        why=("Presenta a quien no la conoce.", "It introduces the organisation to those who do not know it."),
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.name

    @property
    def also_called(self) -> tuple[str, ...]:
        return (self.acronym,) if self.acronym else ()

    @property
    def lead(self) -> str:
        return self.summary or ""
