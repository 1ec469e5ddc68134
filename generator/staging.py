"""The only writer of staged folders: writes what changed, deletes what went, touches nothing else."""

import ctypes
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import frontmatter

from generator.base.text import Lang
from generator.pages.page import ROOT, Page, other, relative
from generator.pages.plan import Planned
from generator.pages.typesetting import typeset

_NOT_THE_ENGINES = re.compile(r"\t|\n[`~](?=[`~]{2})")
"""What Python-Markdown would change inside HTML: it turns tabs into spaces, and lines that begin like a fence of code
into code, with an id and classes of the author's choice. As entities it lets them be.
"""


@dataclass(frozen=True, slots=True)
class Staged:
    """What a folder holds now: a digest a file. `disk = outputs` holds when this is returned."""

    digests: Mapping[str, str]
    written: frozenset[str]
    removed: frozenset[str]


class Stage:
    """A folder of Markdown for one language of one edition; remembers between runs what each page was made of."""

    def __init__(self, folder: Path, lang: Lang) -> None:
        self.folder = folder
        self._lang = lang
        self._made: dict[str, tuple[tuple[object, ...], str, str]] = {}
        self._there: set[str] | None = None

    def write(self, plans: Iterable[Planned], files: Mapping[str, bytes]) -> Staged:
        """Stages the pages and the files beside them (attachments)."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # Looked up once: afterwards nobody else writes here.
        on_disk = set(_files_below(self.folder)) if self._there is None else self._there
        digests: dict[str, str] = {}
        written: set[str] = set()
        known, self._made = self._made, {}
        for planned in plans:
            before = known.get(planned.path)
            if before and before[0] == planned.inputs and before[1] in on_disk:
                file, digest = before[1], before[2]
            else:
                page = planned.make()
                file, data = page.file, staged_text(page, planned.twin, self._lang).encode()
                digest = _digest(data)
                if self._put(file, data, exists=file in on_disk):
                    written.add(file)
            # Not the plan itself, which would keep all that its site has rendered.
            self._made[planned.path] = (planned.inputs, file, digest)
            digests[file] = digest
        for file, data in files.items():
            digests[file] = _digest(data)
            if self._put(file, data, exists=file in on_disk):
                written.add(file)
        removed = on_disk - digests.keys()
        for file in removed:
            (self.folder / file).unlink()
        self._there = set(digests)
        return Staged(digests, frozenset(written), frozenset(removed))

    def _put(self, file: str, data: bytes, *, exists: bool) -> bool:
        path = self.folder / file
        if exists and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return True


def staged_text(page: Page, twin: str, lang: Lang) -> str:
    """The Markdown file of a page: its facts for the theme, then one block of HTML. `twin` is as in its plan."""
    meta = {
        "title": page.title,
        "description": page.description,
        "kind": page.kind,
        "alternate": relative(ROOT[lang] + page.path, ROOT[other(lang)] + twin),
        "alternate_path": twin,
        "canonical_path": page.path,
        **({"source": page.source_path} if page.source_path else {}),
        **({"search_marks": str(page.search_marks)} if page.search_marks else {}),
        **({"toc": [{"id": anchor, "text": words} for anchor, words in page.toc]} if page.toc else {}),
        **page.meta,
    }
    html = _NOT_THE_ENGINES.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", typeset(page.html.strip("\n")))
    post = frontmatter.Post(html, **meta)
    text: str = frontmatter.dumps(post, sort_keys=True, width=1000)
    return text + "\n"


def write_atomically(path: Path, data: bytes) -> None:
    """A reader sees the old file or the new one, never half of one."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(path)


def remove(folder: Path) -> None:
    """Removes what an earlier build left. If it cannot, that is an error: the rest would be published with the new."""
    if folder.exists():
        shutil.rmtree(folder)


def write_derived(root: Path, files: Mapping[str, bytes]) -> list[str]:
    """Brings files of the repository in line with what they are derived from; says which ones were not."""
    stale = [path for path, data in files.items() if not (root / path).is_file() or (root / path).read_bytes() != data]
    for path in stale:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(root / path, files[path])
    return stale


def swap(new: Path, old: Path) -> None:
    """Exchanges two folders in one step where the system can (Linux); elsewhere the old one is moved away first."""
    if not old.exists():
        new.rename(old)
        return
    # renameat2(2) is not in Python: AT_FDCWD is -100, RENAME_EXCHANGE is 2.
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if renameat2 and renameat2(-100, os.fsencode(new), -100, os.fsencode(old), 2) == 0:
        return
    away = old.with_name(f".{old.name}.old")
    shutil.rmtree(away, ignore_errors=True)
    old.rename(away)
    new.rename(old)
    shutil.rmtree(away, ignore_errors=True)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _files_below(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        relative = os.path.relpath(parent, folder)
        for name in names:
            yield name if relative == "." else f"{relative}/{name}"
