"""The documents to fill in, beside the page that tells of them: for those who send a case by e-mail."""

import zipfile
from collections.abc import Iterator

from generator.editors.paper import papers
from generator.editors.wordfile import word_file
from generator.exports.export import Export, Exported
from generator.pages.page import LISTS


def export(exported: Exported) -> Iterator[Export]:
    for paper in papers(exported.library.vocabularies):
        content = word_file(paper.blocks, paper.title, zipfile.ZIP_DEFLATED)
        yield Export(f"{LISTS['edit'].es}{paper.cls.kind.paper}", content)
