"""The document that a person fills in: what it asks, in the words of the model, one for each type that people tell.

What it looks like and what is read back from it (`filled.py`) come from the same `Paper`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from generator.base.text import Text
from generator.editors.answers import PARTS, Question, columns_of
from generator.editors.template import first_fields
from generator.editors.wordfile import word_file
from generator.model.entry import Entry
from generator.model.record import Record
from generator.model.shape import FieldShape, shapes_of
from generator.model.vocabulary import Vocabularies
from generator.reading.word import Block, Cell, Paragraph, Run, Table
from generator.records import RECORD_CLASSES

FOLDER = "docs/plantillas"
EXAMPLE = "Ej.: "
REQUIRED = " (obligatorio)"
MOST_CHOICES = 40
"""Words that are listed; of more, such as countries, people know the name."""
_ROWS = 3
_INTRO = """\
Llene lo que sepa y deje vacío lo que no: otras personas completan y leen todo antes de publicarlo. Lo imprescindible \
lleva la palabra «obligatorio».
Escriba en la casilla blanca que está a la derecha de cada pregunta. Escriba fechas, nombres y opciones como le \
resulte natural. En las tablas, agregue las filas que necesite.
Nombre organizaciones, nunca a personas. Diga de dónde sale cada hecho: anote la fuente en la tabla «Fuentes» y ponga \
su número entre corchetes, así: [1].
Guarde el archivo en formato Word (.docx) y devuélvalo a la organización que se lo entregó.""".splitlines()
_MAIN, _MORE, _STORY = "Lo principal", "Si lo sabe", "Relato"
_TELL = (
    "Cuéntelo debajo de cada título, como se lo contaría a alguien. Puede pegar imágenes; diga en una línea debajo de "
    "cada una qué muestra."
)
_SEVERAL, _CHOICES, _OR = "Puede poner varias, una por línea.", "Opciones: ", "O bien: "
_BY_NAME, _JUST_THE_NAME = "Basta el nombre con que aparece en la web.", "Basta el nombre."
_PASTE = "Pegue la imagen en la casilla."


@dataclass(frozen=True, slots=True)
class Paper:
    """`asked` are single questions, `lists` those whose answer is a table; `sections` those of the text, one without
    a heading for a type whose text has none.
    """

    cls: type[Record]
    title: str
    asked: tuple[Question, ...]
    lists: tuple[Question, ...]
    sections: tuple[str, ...]
    blocks: tuple[Block, ...]


def papers(vocabularies: Vocabularies) -> Iterator[Paper]:
    return (_paper(cls, vocabularies) for cls in RECORD_CLASSES if issubclass(cls, Entry))


def files(vocabularies: Vocabularies) -> Iterator[tuple[str, bytes]]:
    for paper in papers(vocabularies):
        yield f"{FOLDER}/{paper.cls.kind.paper}", word_file(paper.blocks, paper.title)


def label_of(question: Question) -> str:
    return question.heading + (REQUIRED if question.required else "")


def _told_to(question: Question, vocabularies: Vocabularies) -> Iterator[Paragraph]:
    """What stands under a question's label: its hint, what may be chosen, an example."""
    field = question.field
    assert field  # noqa: S101  # sections are no questions here
    yield _says("hint", question.hint)
    yield from _choices(field, vocabularies)
    yield from _example(field, vocabularies)


def _example(field: FieldShape, vocabularies: Vocabularies) -> Iterator[Paragraph]:
    """None for what is an id or a file's name to the model: it would only puzzle."""
    if field.one.types is None and not field.one.attachment:
        yield _says("example", EXAMPLE + _in_a_line(field, vocabularies))


def _in_a_line(field: FieldShape, vocabularies: Vocabularies) -> str:
    """Its example in words; of a group, a line for each."""
    words = {word: label.es for word, label in field.one.terms(vocabularies)}
    given = field.told.example
    if columns := columns_of(field):
        lines = [" | ".join(_shown(entry.get(each.name, "")) for each in columns) for entry in given]
        return "\n".join(lines)
    if isinstance(given, dict):
        return "; ".join(f"{words.get(key, key)}: {value}" for key, value in given.items())
    return "; ".join(words.get(it, str(it)) for it in (given if isinstance(given, list) else [given]))


def _shown(given: object) -> str:
    return ", ".join(map(str, given)) if isinstance(given, list) else str(given)


def _paper(cls: type[Record], vocabularies: Vocabularies) -> Paper:
    fields = [field for field in shapes_of(cls) if not field.told.editorial]
    lists = tuple(_list(field, cls) for field in fields if field.many and field.one.part)
    single = [question for field in fields if not (field.many and field.one.part) for question in _single(field, cls)]
    first = first_fields(cls)
    # Texts come first: a person begins with what there is to tell.
    main = sorted((question for question in single if question.path[0] in first), key=_is_no_text)
    more = [question for question in single if question.path[0] not in first]
    sections = tuple(section.es for section in cls.kind.sections) or (_STORY,)
    title = f"Plantilla: {cls.kind.label.es.lower()}"
    blocks: tuple[Block, ...] = (
        _says("title", title),
        *(_says("", words) for words in _INTRO),
        _says("heading 1", _MAIN),
        *(block for question in main for block in _box(question, vocabularies)),
        *_story(sections),
        *(block for question in lists for block in _grid(question, vocabularies, cls)),
        _says("heading 1", _MORE),
        *(block for question in more for block in _box(question, vocabularies)),
    )
    return Paper(cls, title, (*main, *more), lists, sections, blocks)


def _is_no_text(question: Question) -> bool:
    return not (question.field and question.field.told.translatable)


def _single(field: FieldShape, cls: type[Record]) -> Iterator[Question]:
    if not field.one.part:
        yield Question(field.told.label.es, _in_words(field, cls), (field.name,), field, field.required)
        return
    for inner in _asked(field.one.part):
        heading, path = f"{field.told.label.es}: {inner.told.label.es.lower()}", (field.name, inner.name)
        yield Question(heading, _in_words(inner, cls), path, inner, field.required and inner.required)


def _list(field: FieldShape, cls: type[Record]) -> Question:
    assert field.one.part  # noqa: S101
    columns = tuple(_asked(field.one.part))
    return Question(field.told.label.es, _in_words(field, cls), (field.name,), field, field.required, columns)


def _asked(part: type[BaseModel]) -> Iterator[FieldShape]:
    return (field for field in shapes_of(part) if not field.told.editorial)


def _in_words(field: FieldShape, cls: type[Record]) -> str:
    """The hint for somebody who sees labels and never ids: «yes» is «sí», the list «sources» is «Fuentes»."""
    if field.one.attachment:
        return _PASTE
    if "«.md»" in field.told.hint.es:
        return _BY_NAME
    words = {word: label.es for word, label in field.one.choices}
    if field.instead:
        words[field.instead.word] = field.instead.label.es
    hint = field.told.hint.es
    for word, label in words.items():
        if word != label:
            hint = re.sub(rf"(?<![\w«-]){re.escape(word)}(?![\w»-])", f"«{label}»", hint)
    labels = {other.name: other for other in shapes_of(cls)}
    return re.sub(r"«(\w+)(?:: ([\w-]+))?»", lambda found: _in_labels(found, labels), hint)


def _in_labels(found: re.Match[str], fields: dict[str, FieldShape]) -> str:
    if found[1] not in fields:
        return found[0]
    field = fields[found[1]]
    word = dict(field.one.choices).get(found[2] or "", Text("", "")).es
    return f"«{field.told.label.es}: {word}»" if word else f"«{field.told.label.es}»"


def _says(style: str, words: str) -> Paragraph:
    return Paragraph((Run(words),), style, int(style[-1]) if style.startswith("heading") else 0)


def _choices(field: FieldShape, vocabularies: Vocabularies) -> Iterator[Paragraph]:
    labels = [label.es for _, label in field.one.terms(vocabularies)]
    said = [_CHOICES + " · ".join(labels) + "."] if 0 < len(labels) <= MOST_CHOICES else []
    said += [_JUST_THE_NAME] if len(labels) > MOST_CHOICES else []
    said += [f"{_OR}«{field.instead.label.es}»."] if field.instead else []
    said += [_SEVERAL] if field.many and not field.alone and not field.one.part else []
    said += [_BY_NAME] if field.one.types is not None and "«.md»" not in field.told.hint.es else []
    if columns := columns_of(field):
        said.append(f"{PARTS.es}: {' | '.join(column.told.label.es for column in columns)}.")
    if said:
        yield _says("hint", " ".join(said))


def _box(question: Question, vocabularies: Vocabularies) -> Iterator[Block]:
    told = (_says("label", label_of(question)), *_told_to(question, vocabularies))
    yield Table(((told, (Paragraph(()),)),))
    yield Paragraph((), "gap")


def _story(sections: tuple[str, ...]) -> Iterator[Block]:
    if sections != (_STORY,):
        yield _says("heading 1", _STORY)
        yield _says("hint", _TELL)
    for section in sections:
        yield _says("heading 2", section)
        if sections == (_STORY,):
            yield _says("hint", _TELL)
        yield from [Paragraph(())] * _ROWS


def _grid(question: Question, vocabularies: Vocabularies, cls: type[Record]) -> Iterator[Block]:
    yield _says("heading 2", label_of(question))
    yield _says("hint", question.hint)
    for column in question.columns:
        for said in _choices(column, vocabularies):
            yield _says("hint", f"{column.told.label.es}. {said.text}")
    head: list[Cell] = []
    for column in question.columns:
        label = column.told.label.es + (REQUIRED if column.required else "")
        head.append((_says("label", label), _says("hint", _in_words(column, cls))))
    empty = tuple((Paragraph(()),) for _ in question.columns)
    filled = tuple(tuple(_example(column, vocabularies)) or (Paragraph(()),) for column in question.columns)
    yield Table((tuple(head), filled, *[empty] * _ROWS))
    yield Paragraph((), "gap")
