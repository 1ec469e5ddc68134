"""A document that was filled in, as the values of a record; and what found no place, so that nothing is lost.

Labels lead, not looks: every program that opens a document writes its styles anew. What stands word for word in the
paper is the paper's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from generator.base.text import Text, slug
from generator.editors.answers import Question, entry, put, value
from generator.editors.paper import EXAMPLE, REQUIRED, Paper, label_of, papers
from generator.editors.pictures import Pictures, kept
from generator.editors.prose import markdown
from generator.model.record import Record
from generator.model.shape import FieldShape
from generator.model.vocabulary import Vocabularies
from generator.reading.word import Block, Cell, Document, Paragraph, Table, paragraphs_of

MOST = 400_000
"""Characters of a document that are read."""
_UNDER = Text("debajo de «{label}»: {text}", "below “{label}”: {text}")
_ROW = Text("en la tabla «{label}»: {text}", "in table “{label}”: {text}")
_BESIDE = Text("nota o comentario: {text}", "note or comment: {text}")
_NOWHERE = Text(
    "la imagen «{text}»: se guardó, pero no estaba en ninguna sección del relato",
    "picture “{text}”: it is kept, but stood in no section of the text",
)
_START = Text("el comienzo", "the beginning")


@dataclass(frozen=True, slots=True)
class Filled:
    """`unplaced` is what the sender wrote and the record does not hold."""

    cls: type[Record]
    values: Mapping[str, Any]
    story: tuple[tuple[str, tuple[Block, ...]], ...]
    pictures: Pictures
    unplaced: tuple[Text, ...]

    def body(self, folder: str) -> str:
        """The text, its pictures in a folder beside the record."""
        names = self.pictures.names
        pieces = []
        for heading, blocks in self.story:
            text = markdown(blocks, lambda picture: f"{folder}/{names[picture]}" if picture in names else "")
            pieces.append(f"## {heading}\n\n{text}\n" if self.cls.kind.sections else f"{text}\n")
        return "\n".join(pieces)


def filled(document: Document, vocabularies: Vocabularies) -> Filled | None:
    """None for a document that is none of ours, or far longer than a record."""
    paragraphs = list(paragraphs_of(document.blocks))
    if sum(len(paragraph.text) for paragraph in paragraphs) > MOST:
        return None
    words = {slug(paragraph.text[:200]) for paragraph in paragraphs}
    known = [(sum(slug(label) in words for label in _labels(paper)), paper) for paper in papers(vocabularies)]
    many, paper = max(known, key=lambda each: each[0])
    if many * 2 < len(_labels(paper)):
        return None
    reader = _Reader(paper, vocabularies, kept(document, (it for each in paragraphs for it in each.pictures)))
    for block in document.blocks:
        reader.take(block)
    return reader.done(document.notes)


def _labels(paper: Paper) -> list[str]:
    return [label_of(question) for question in (*paper.asked, *paper.lists)]


class _Reader:
    """Goes through a document from its beginning; `_here` is the question or section that was last seen."""

    def __init__(self, paper: Paper, vocabularies: Vocabularies, pictures: Pictures) -> None:
        self._paper, self._vocabularies, self._pictures = paper, vocabularies, pictures
        own = [it for it in paragraphs_of(paper.blocks) if it.text and it.style != "label"]
        self._own = {_same(it.text) for it in own}
        self._hints = {_same(it.text) for it in own if it.style in ("hint", "example")}
        self._asked = {_key(question.heading): question for question in paper.asked}
        self._lists = {_key(question.heading): question for question in paper.lists}
        self._told = {
            _key(block.rows[0][0][0].text): {_same(it.text) for it in block.rows[0][0][1:]}
            for block in paper.blocks
            if isinstance(block, Table) and len(block.rows) == 1
        }
        self._sections = {_key(section): section for section in paper.sections}
        self._here: Question | str | None = None
        self._answers: dict[tuple[str, ...], list[Paragraph]] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._story: dict[str, list[Block]] = {}
        self._lost: list[Text] = []

    def take(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif question := self._list_of(block):
            self._here = question
            self._entries(question, block)
        elif any(self._question(row) for row in block.rows):
            for row in block.rows:
                self._answer(row)
        elif isinstance(self._here, str):
            self._story[self._here].append(block)
        else:
            for row in block.rows:
                self._lose(_ROW, " | ".join(_text(cell) for cell in row))

    def done(self, notes: Iterable[str]) -> Filled:
        values: dict[str, Any] = {}
        for question in (*self._paper.asked, *self._paper.lists):
            self._put(values, question)
        self._lost += [_BESIDE.telling(text=note) for note in notes]
        story = tuple((it, tuple(self._story.get(it, ()))) for it in self._paper.sections)
        used = {picture for _, blocks in story for it in paragraphs_of(blocks) for picture in it.pictures}
        used |= {it for each in self._answers.values() for paragraph in each for it in paragraph.pictures}
        stray = [_NOWHERE.telling(text=name) for it, name in self._pictures.names.items() if it not in used]
        lost = (*self._lost, *self._pictures.refused, *stray)
        return Filled(self._paper.cls, values, story, self._pictures, lost)

    def _put(self, values: dict[str, Any], question: Question) -> None:
        if rows := self._rows.get(question.path[0]):
            values[question.path[0]] = rows
        elif question.field and (given := self._answers.get(question.path)):
            self._here = question
            answered = self._value(question.field, given)
            if answered not in ("", [], {}):
                put(values, question.path, answered)

    def _value(self, field: FieldShape, given: Iterable[Paragraph]) -> Any:
        names = [name for paragraph in given for it in paragraph.pictures if (name := self._pictures.names.get(it))]
        if field.one.attachment and names:
            return names[0]
        text = self._words(given, field, _UNDER)
        return value(field, text, self._vocabularies) if text else ""

    def _words(self, given: Iterable[Paragraph], field: FieldShape | None, where: Text) -> str:
        """The lines of an answer. An address behind them is the answer to a question for one; elsewhere it is shown."""
        lines = [it for it in given if it.text]
        text = "\n".join(it.text for it in lines)
        links = dict.fromkeys(run.link for it in lines for run in it.runs if "://" in run.link)
        hidden = [link for link in links if link.rstrip("/") not in text]
        if hidden and field and field.one.pattern.startswith("http"):
            return hidden[0]
        for link in hidden:
            self._lose(where, f"{text}: {link}")
        return text

    def _paragraph(self, paragraph: Paragraph) -> None:
        key, text = _key(paragraph.text), paragraph.text
        # In the story, a short line that is also a heading of the paper is the author's, unless it looks like one.
        in_story = isinstance(self._here, str) and not paragraph.level and not text.endswith(REQUIRED)
        if key in self._sections and not self._story.get(self._sections[key]):
            self._here = self._sections[key]
            self._story[self._here] = []
        elif key in self._lists and not in_story:
            self._here = self._lists[key]
        elif _same(text) in (self._hints if in_story else self._own):
            if paragraph.level:
                self._here = None
        elif isinstance(self._here, str):
            self._story[self._here].append(paragraph)
        elif self._here and not self._here.columns and not self._answers.get(self._here.path):
            self._answers[self._here.path] = [paragraph] if text or paragraph.pictures else []
        else:
            self._lose(_UNDER, text)

    def _question(self, row: tuple[Cell, ...]) -> Question | None:
        return self._asked.get(_key(_first(row[0]).text)) if len(row) > 1 else None

    def _answer(self, row: tuple[Cell, ...]) -> None:
        """A row with its question; or one that was added below, whose answer belongs to the question above."""
        question = self._question(row)
        own = self._told[_key(question.heading)] if question else set[str]()
        beside = (
            [it for it in row[0] if it.text and _same(it.text) not in own and it is not _first(row[0])] if row else []
        )
        typed = [
            it for cell in row[1:] for it in cell if (it.text or it.pictures) and _same(it.text) not in self._hints
        ]
        if question:
            self._here = question
            is_whole = own <= {_same(it.text) for it in row[0]}  # else it is an older paper, whose hints are others
            if beside and is_whole and not typed:
                typed, beside = beside, []
        elif not isinstance(self._here, Question) or (row and _text(row[0])):
            typed, beside = [], [it for cell in row for it in cell]
        for paragraph in beside:
            self._lose(_UNDER, paragraph.text)
        if typed and isinstance(self._here, Question):
            self._answers.setdefault(self._here.path, []).extend(typed)

    def _list_of(self, table: Table) -> Question | None:
        """The list whose table this is, by the names of its columns: some may be gone, others added."""
        names = {_key(_first(cell).text) for cell in table.rows[0]} if table.rows else set()
        shares = {}
        for question in self._paper.lists:
            columns = {_key(column.told.label.es) for column in question.columns}
            shares[question.path] = len(names & columns) / len(names | columns)
        best = max(self._paper.lists, key=lambda question: shares[question.path])
        return best if shares[best.path] > 0.5 else None  # most of them

    def _entries(self, question: Question, table: Table) -> None:
        columns = {_key(column.told.label.es): column for column in question.columns}
        head = [columns.get(_key(_first(cell).text)) for cell in table.rows[0]]
        for row in table.rows[1:]:
            typed = [self._typed(column, cell) for column, cell in zip_longest(head, row, fillvalue=None)]
            known = [(column, text) for column, text in zip(head, typed, strict=False) if column]
            given = entry((it for it, _ in known), (text for _, text in known), self._vocabularies)
            if given:
                self._rows.setdefault(question.path[0], []).append(given)
            others = [text for column, text in zip_longest(head, typed) if text and not column]
            if others:
                self._lose(_ROW, " | ".join(others))

    def _typed(self, column: FieldShape | None, cell: Cell | None) -> str:
        """What a cell holds beside the paper's own example; an example of another paper is shown, not believed."""
        typed = [it for it in cell or () if _same(it.text) not in self._hints]
        for paragraph in typed:
            if paragraph.text.startswith(EXAMPLE):
                self._lose(_ROW, paragraph.text)
        return self._words((it for it in typed if not it.text.startswith(EXAMPLE)), column, _ROW)

    def _lose(self, where: Text, text: str) -> None:
        if text.strip(" |\n"):
            here = self._here.heading if isinstance(self._here, Question) else self._here
            self._lost.append(where.telling(label=here or _START, text=text))


def _first(cell: Cell) -> Paragraph:
    """The first line that is not empty."""
    return next((it for it in cell if it.text), Paragraph(()))


def _text(cell: Cell) -> str:
    return " ".join(it.text for it in cell if it.text)


def _key(label: str) -> str:
    return slug(label[:200]).removesuffix(slug(REQUIRED)).strip("-")


def _same(text: str) -> str:
    """What does not change when a program writes the words anew."""
    return slug(text)
