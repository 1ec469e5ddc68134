"""Does what diagnostics say where there is one right answer, and looks again, until nothing is left to do."""

from collections.abc import Mapping

from generator.base.diagnostics import Report
from generator.base.text import Edit, Source, edited
from generator.checking import Checked, Checker
from generator.editing.changes import Changes
from generator.reading.characters import as_written, decode_text

MOST_ROUNDS = 20
"""A syntax error hides those after it: a block is mended line by line."""


def mend(checker: Checker, only: str | None = None) -> tuple[Changes, Checked]:
    """What to write, in all files or only in one, and what would be said of the records then."""
    drafts: dict[str, bytes] = {}
    before: dict[str, bytes] = {}
    checked = checker.check()
    for _ in range(MOST_ROUNDS):
        mended = {}
        for source, edits in _edits(checked.report).items():
            if only not in (None, source.path):
                continue
            data = drafts.get(source.path) or checker.reader.data(source.path)
            if decode_text(source.path, data)[0] == source:  # else somebody saved the file meanwhile
                before.setdefault(source.path, data)
                mended[source.path] = edited(as_written(data), edits).encode()
        if all(drafts.get(path) == data for path, data in mended.items()):
            break
        drafts |= mended
        checked = checker.check(drafts)
    return Changes(before, drafts), checked


def _edits(report: Report) -> Mapping[Source, set[Edit]]:
    edits: dict[Source, set[Edit]] = {}
    for found in report.diagnostics:
        if found.fix:
            edits.setdefault(found.source, set()).update(found.fix)
    return edits
