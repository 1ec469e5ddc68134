"""An organisation: who takes part. No personal contact data."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.fields import Part, about
from generator.model.kinds import Date, TermOf
from generator.model.record import Record, RecordType
from generator.model.scalars import Url, Yes


class Active(Part):
    since: Date | None = about("Desde", "From", hint=("Cuándo empezó.", "When it began."), example="2001", default=None)
    until: Date | None = about(
        "Hasta", "To", hint=("Cuándo dejó de existir.", "When it ceased."), example="2020", default=None
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
        "Nombre",
        "Name",
        hint=("El oficial.", "The official one."),
        example="Gobierno Regional de Moquegua",
        translatable=True,
        proper_name=True,
        least=2,
        most=160,
        on_sheet=False,
    )
    acronym: str | None = about(
        "Siglas",
        "Acronym",
        hint=("Como se la conoce.", "As it is known."),
        example="GORE Moquegua",
        default=None,
        most=40,
    )
    sector: Annotated[str, TermOf("sectors")] = about(
        "Sector", "Sector", hint=("Del vocabulario.", "From the vocabulary."), example="gobierno-subnacional"
    )
    core_group: Yes = about(
        "Grupo núcleo", "Core group", hint=("yes si lo integra.", "yes if a member."), example="yes", default=False
    )
    url: Url | None = about(
        "Sitio web", "Website", hint=("El oficial.", "The official one."), example="https://example.org", default=None
    )
    active: Active | None = about(
        "Actividad",
        "Active",
        hint=("Desde y hasta cuándo.", "From when to when."),
        example={"since": "2001"},
        default=None,
    )
    summary: str | None = about(
        "Resumen", "Summary", hint=("Qué es, en una o dos frases.", "What it is, in a sentence or two."),
        example="Gobierno del departamento de Moquegua; convocó la mesa de diálogo de 2011.", default=None, translatable=True, least=60, most=320, on_sheet=False,
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.name

    @property
    def lead(self) -> str:
        return self.summary or ""
