"""Reads a repository and checks it: all that `kb check` does, and what every build begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.base.diagnostics import Report
from generator.base.memo import Memo
from generator.checks import run_all
from generator.library.assemble import Assembler, Assembly
from generator.library.editions import may_show
from generator.library.graph import relate
from generator.library.repository import Repository
from generator.model.record import Record
from generator.reading.files import Reader
from generator.reading.history import changed_files
from generator.records.minutes import Minutes

_NO_DRAFTS: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Checked:
    """A repository that was read and checked; `report` says whether it may be built."""

    assembly: Assembly
    assets: dict[str, int]
    """Sizes in bytes."""
    report: Report


class Checker:
    """Keeps between runs what did not change: texts, documents, records."""

    def __init__(self, root: Path, base: str | None = None) -> None:
        """`base` is the commit that a proposal left; without it, what the environment names or the last commit."""
        self._root = root
        self._base = base
        self.reader = Reader(root)
        self._assembler = Assembler()
        self._memo = Memo()

    def check(self, drafts: Mapping[str, bytes] = _NO_DRAFTS) -> Checked:
        """`drafts` are bytes that some files are to hold, to see what would be said of them."""
        reading = self.reader.read(drafts)
        read = {source.path for source in reading.sources}
        blocked = {found.source.path for found in reading.diagnostics} - read
        assembly, problems = self._assembler.assemble(reading.sources, blocked)
        assets = {asset.path: asset.size for asset in reading.assets}
        library = relate(assembly.records.values(), assembly.translated, assembly.vocabularies, assets, assembly.data)
        found = run_all(Repository(library, assembly, assets, self._before(assembly)), self._memo)
        return Checked(assembly, assets, Report.of([*reading.diagnostics, *problems, *found]))

    def _before(self, assembly: Assembly) -> Mapping[str, str]:
        """What changed of what was approved or is not public; asked of git only if one of those files is another."""
        told = [record for record in assembly.records.values() if _has_history(record)]
        folders = sorted({Minutes.kind.folder, *(record.path.rpartition("/")[0] for record in told)})
        sources = (*assembly.broken, *(assembly.places[record.path].source for record in told))
        return self._memo.get("history", sources, partial(changed_files, self._root, folders, self._base))


def _has_history(record: Record) -> bool:
    return isinstance(record, Minutes) or not may_show(record, "public")
