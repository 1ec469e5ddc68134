"""Fills in a Word template as a person does: with a library that is not ours, by the labels that are printed on it."""

import io
from pathlib import Path

import docx
import sites

from generator.checking import Checker
from generator.editors.answers import columns_of
from generator.editors.paper import REQUIRED, papers
from generator.editors.wordfile import word_file

VOCABULARIES = Checker(sites.ROOT).check().assembly.vocabularies
PAPERS = {paper.cls.kind.name: paper for paper in papers(VOCABULARIES)}
STORY = "Lo que se sabe, con su fuente [1]."


class Sheet:
    """A template that is open in a word processor."""

    def __init__(self, paper, data=None):
        self.paper = paper
        self.document = docx.Document(io.BytesIO(data or word_file(paper.blocks, paper.title)))

    def box(self, heading):
        """The white cell beside a question."""
        return self.row(heading).cells[1]

    def row(self, heading):
        found = [
            table.rows[0]
            for table in self.document.tables
            if len(table.rows) == 1 and label(table.cell(0, 0)) == heading
        ]
        assert len(found) == 1, heading
        return found[0]

    def grid(self, question):
        wanted = [column.told.label.es for column in question.columns]
        found = [table for table in self.document.tables if [label(cell) for cell in table.rows[0].cells] == wanted]
        assert len(found) == 1, question.heading
        return found[0]

    def paragraph(self, text):
        return next(it for it in self.document.paragraphs if it.text.removesuffix(REQUIRED) == text)

    def below(self, heading):
        """The paragraph under the table of a question."""
        table = next(t for t in self.document.tables if len(t.rows) == 1 and label(t.cell(0, 0)) == heading)
        return docx.text.paragraph.Paragraph(table._element.getnext(), self.document)

    def under(self, section):
        """The first empty paragraph of a section."""
        following = self.paragraph(section)._element.getnext()
        while "".join(following.itertext()):
            following = following.getnext()
        return docx.text.paragraph.Paragraph(following, self.document)

    def fill(self, **instead):
        """Each question with its example, every list with the examples of the model, every section with a sentence."""
        for question in self.paper.asked:
            words = instead.get("_".join(question.path), answer(question.field, example_of(self.paper.cls, question)))
            self.box(question.heading).text = words or ""
            if question.field.one.attachment:
                self.box(question.heading).paragraphs[0].add_run().add_picture(io.BytesIO(sites.PNG))
        for question in self.paper.lists:
            for number, entry in enumerate(question.field.told.example):
                cells = self.grid(question).rows[2 + number].cells
                for cell, column in zip(cells, question.columns, strict=True):
                    cell.text = answer(column, entry[column.name]) if column.name in entry else ""
        for section in self.paper.sections:
            self.under(section).text = STORY
        return self

    def save(self, path: Path) -> Path:
        self.document.save(path)
        return path


def label(cell):
    return cell.paragraphs[0].text.removesuffix(REQUIRED)


def example_of(cls, question):
    """A group's own example where it says something of the field; else the field's."""
    whole = cls.model_fields[question.path[0]].json_schema_extra["about"].example
    if len(question.path) > 1:
        return whole.get(question.path[1], None)
    return question.field.told.example


def answer(field, example):
    """An example as a person types it: labels, one a line."""
    words = {word: label.es for word, label in field.one.terms(VOCABULARIES)}
    if example is None or field.one.attachment:
        return ""
    if field.one.counts:
        return "\n".join(f"{words[term]}: {count}" for term, count in example.items())
    if columns := columns_of(field):
        return "\n".join(" | ".join(str(it.get(each.name, "")) for each in columns) for it in example)
    return "\n".join(words.get(it, it) for it in (example if isinstance(example, list) else [example]))
