"""A term of the glossary, in plain language."""

from typing import Annotated, ClassVar

from generator.base.text import Text
from generator.model.fields import about
from generator.model.kinds import Reference
from generator.model.record import Record, RecordType
from generator.model.scalars import Yes


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
        "Término", "Term", hint=("Escriba el término como se usa.", "Write the term as it is used."),
        example="Canon minero", translatable=True, least=2, most=90,
        why=("Donde aparece en un texto, se explica sola.", "Where a text uses it, it explains itself."),
    )  # fmt: skip
    definition: str = about(
        "Definición", "Definition",
        hint=("Explíquelo en lenguaje sencillo.", "Explain it in plain language."),
        example="Parte del impuesto a la renta que vuelve a la región.", translatable=True, least=20, most=600,
        why=("Nadie debe quedar fuera por una palabra.", "Nobody should be left out by a word."),
    )  # fmt: skip
    also_known_as: tuple[str, ...] = about(
        "También se dice", "Also known as",
        hint=("Escriba sus siglas y sinónimos.", "Write its acronyms and synonyms."),
        example=["OxI"], default=(), translatable=True,
        why=("Se encuentra con cualquiera de sus nombres.", "It is found by any of its names."),
    )  # fmt: skip
    see: tuple[Annotated[str, Reference.to("term")], ...] = about(
        "Véase", "See",
        hint=(
            "Nombre otros términos del glosario, por su archivo.",
            "Name other terms of the glossary, by their file.",
        ),
        example=["canon"], default=(),
    )  # fmt: skip
    common_use: Yes = about(
        "Uso común", "Common use",
        hint=("Escriba yes si no se consultó ninguna fuente.", "Write yes if no source was consulted."),
        example="yes", default=False,
        why=("Una palabra común no se subraya en cada texto.", "A common word is not underlined in every text."),
    )  # fmt: skip

    @property
    def heading(self) -> str:
        return self.term

    @property
    def also_called(self) -> tuple[str, ...]:
        return self.also_known_as

    @property
    def lead(self) -> str:
        return self.definition
