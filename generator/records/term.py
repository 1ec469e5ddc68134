"""A term of the glossary, in plain language."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.fields import about
from generator.model.kinds import Reference
from generator.model.record import Record, RecordType
from generator.model.scalars import Id, Yes


class Term(Record):
    kind: ClassVar[RecordType] = RecordType(
        name="term",
        folder="content/glossary",
        label=Text("Término", "Term"),
        plural=Text("Glosario", "Glossary"),
        address=Text("glosario", "glossary"),
        own_page=False,
        starters=("common_use", "created"),
    )

    term: str = about(
        "Término",
        "Term",
        hint=("Como se usa.", "As it is used."),
        example="Canon minero",
        translatable=True,
        least=2,
        most=90,
    )
    definition: str = about(
        "Definición", "Definition", hint=("En lenguaje sencillo.", "In plain language."), example="Parte del impuesto a la renta que vuelve a la región.",
        translatable=True, least=20, most=600,
    )  # fmt: skip
    also_known_as: tuple[str, ...] = about(
        "También se dice",
        "Also known as",
        hint=("Siglas y sinónimos.", "Acronyms and synonyms."),
        example=["OxI"],
        default=(),
        translatable=True,
    )
    see: tuple[Annotated[Id, Reference.to("term")], ...] = about(
        "Véase", "See", hint=("Otros términos.", "Other terms."), example=["canon"], default=()
    )
    common_use: Yes = about(
        "Uso común",
        "Common use",
        hint=("yes si no se consultó una fuente.", "yes if no source was consulted."),
        example="yes",
        default=False,
    )

    @property
    def heading(self) -> str:
        return self.term

    @property
    def lead(self) -> str:
        return self.definition
