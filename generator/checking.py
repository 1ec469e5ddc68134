"""Reads a repository and checks it: all that `kb check` does, and what every build begins with."""

from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Report
from generator.base.memo import Memo
from generator.checks import run_all
from generator.library.assemble import Assembler, Assembly
from generator.library.graph import relate
from generator.library.repository import Repository
from generator.reading.files import Reader


@dataclass(frozen=True, slots=True)
class Checked:
    """A repository that was read and checked; `report` says whether it may be built."""

    assembly: Assembly
    assets: dict[str, int]
    """Sizes in bytes."""
    report: Report


class Checker:
    """Keeps between runs what did not change: texts, documents, records."""

    def __init__(self, root: Path) -> None:
        self._reader = Reader(root)
        self._assembler = Assembler()
        self._memo = Memo()

    def check(self) -> Checked:
        reading = self._reader.read()
        read = {source.path for source in reading.sources}
        blocked = {found.source.path for found in reading.diagnostics} - read
        assembly, problems = self._assembler.assemble(reading.sources, blocked)
        assets = {asset.path: asset.size for asset in reading.assets}
        library = relate(assembly.records.values(), assembly.translated, assembly.vocabularies, assets, assembly.data)
        found = run_all(Repository(library, assembly, assets), self._memo)
        return Checked(assembly, assets, Report.of([*reading.diagnostics, *problems, *found]))
