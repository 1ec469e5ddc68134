"""What a reviewer needs to know of a proposal: its two trees, checked and compared, as values."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.text import LANGUAGES, Lang, Text
from generator.checking import Checked, Checker
from generator.checks.evidence import lacking
from generator.library.editions import select
from generator.library.naming import original_path, record_class, record_id, translation_language
from generator.model.record import Record
from generator.pages.order import RECORDS_WITH_PAGE
from generator.pages.record_pages import plain_page, record_page
from generator.pages.view import Site, View
from generator.pipeline import build_date
from generator.reading.prose import Ease, blocks, ease, sentences
from generator.records.case import Case
from generator.records.page import Page
from generator.records.practice import PROVEN, Practice
from generator.reviewing.trees import changed_paths, tree

NEW, CHANGED, GONE, UNTOUCHED = (
    Text("ficha nueva", "new record"),
    Text("ficha que cambia", "changed record"),
    Text("ficha que se retira", "record taken away"),
    Text("no cambia, pero le afecta", "not changed, but affected"),
)
_ERRORS_FIRST = Text("se compara cuando no haya errores", "compared once there are no errors")
_PERSONAL = Text("no se muestra: hay datos personales que quitar", "not shown: there are personal data to take out")
_NO_PAGE = Text("no está en la edición pública: no se muestra aquí", "not in the public edition: not shown here")
_NEW_PAGE = Text("nueva; está en la vista previa", "new; it is in the preview")
_LEAVES = Text("sale de la edición pública", "leaves the public edition")
_SAME = Text("igual que antes", "the same as before")


@dataclass(frozen=True, slots=True)
class FileReview:
    """One file: `page` is the change of its page, lines that begin with `+`, `-` or a space, or words instead."""

    path: str
    lang: Lang
    state: Text
    found: tuple[Diagnostic, ...]
    ease: Ease | None = None
    unheard: tuple[str, ...] = ()
    page: Text | tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """`practices` tells, by path, what each that came nearer to being called good still lacks: nothing, or words."""

    base: str
    head: str
    files: tuple[FileReview, ...]
    practices: Mapping[str, tuple[Text, ...]]

    @property
    def lang(self) -> Lang:
        """English if nothing but English changes."""
        return "en" if self.files and all(file.lang == "en" for file in self.files) else "es"


@dataclass(frozen=True)
class _State:
    """The repository at a commit: checked, and the public site in each language."""

    checked: Checked
    sites: Mapping[Lang, Site]

    @classmethod
    def of(cls, checked: Checked, today: date) -> "_State":
        library = select(checked.assembly, checked.assets, "public")
        return cls(checked, {lang: Site(library, lang, today) for lang in LANGUAGES})

    def record(self, path: str, lang: Lang) -> Record | None:
        """The record of a file, in its language, whoever may see it."""
        found = self.checked.assembly.records.get(_id(path))
        return self.checked.assembly.translated.get((found.id, lang), found) if found else None

    def page(self, path: str, lang: Lang) -> list[str] | None:
        """The sentences of a record's public page; None where there is no such page."""
        site = self.sites[lang]
        record = site.library.records.get(_id(path))
        if isinstance(record, Page):
            html = plain_page(site, record).html
        elif isinstance(record, RECORDS_WITH_PAGE):
            html = record_page(site, site.library.shown(record, lang)).html
        else:
            return None
        return [sentence for block in blocks(html) for sentence in sentences(block)]


def review(root: Path, base: str, head: str) -> Review:
    """Compares two commits; `base` is the one where the proposal left."""
    with tree(root, base) as before, tree(root, head) as after:
        today = build_date(after)
        was, now = _State.of(Checker(before).check(), today), _State.of(Checker(after, base).check(), today)
        changed = {
            path: GONE if not (after / path).is_file() else CHANGED if (before / path).is_file() else NEW
            for path in changed_paths(root, base, head)
            if path.endswith(".md") and record_class(path)
        }
    known = {_known_by(found) for found in was.checked.report.diagnostics}
    found: dict[str, list[Diagnostic]] = {path: [] for path in sorted(changed)}
    for each in now.checked.report.diagnostics:
        if each.source.path in changed or _known_by(each) not in known:
            found.setdefault(each.source.path, []).append(each)
    files = tuple(_file(path, tuple(said), changed.get(path, UNTOUCHED), was, now) for path, said in found.items())
    return Review(base, head, files, _practices(was, now))


def _file(path: str, found: tuple[Diagnostic, ...], state: Text, was: _State, now: _State) -> FileReview:
    lang = _language(path, now) or _language(path, was) or "es"
    if state is UNTOUCHED or path not in now.checked.assembly.places:  # it went, or its errors make it no record
        return FileReview(path, lang, state, found)
    record = now.record(path, lang)
    personal = _has_personal_data(was, path) or _has_personal_data(now, path)
    read = ease(record.body.html(), lang) if record and not personal else None
    unheard = tuple(View(now.sites[lang], "").unheard(record)) if isinstance(record, Case) else ()
    return FileReview(path, lang, state, found, read, unheard, _page_change(path, lang, found, was, now))


def _page_change(
    path: str, lang: Lang, found: tuple[Diagnostic, ...], was: _State, now: _State
) -> Text | tuple[str, ...]:
    if any(each.rule.severity is Severity.ERROR for each in found):
        return _ERRORS_FIRST
    if _has_personal_data(was) or _has_personal_data(now):
        return _PERSONAL  # on other pages too: they may name the record
    before, after = was.page(path, lang), now.page(path, lang)
    if after is None:
        return _LEAVES if before else _NO_PAGE
    if before is None:
        return _NEW_PAGE
    lines = list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]
    return tuple(" …" if line.startswith("@@") else line for line in lines[1:]) or _SAME


def _practices(was: _State, now: _State) -> dict[str, tuple[Text, ...]]:
    nearer: dict[str, tuple[Text, ...]] = {}
    for practice in now.checked.assembly.records.values():
        if isinstance(practice, Practice) and practice.maturity not in PROVEN:
            before, needed = was.checked.assembly.records.get(practice.id), tuple(lacking(practice))
            if isinstance(before, Practice) and len(needed) < len(tuple(lacking(before))):
                nearer[practice.path] = needed
    return nearer


def _has_personal_data(state: _State, path: str | None = None) -> bool:
    return any(found.rule.secret and path in (None, found.source.path) for found in state.checked.report.diagnostics)


def _language(path: str, state: _State) -> Lang | None:
    record = state.checked.assembly.records.get(_id(path))
    return translation_language(path) or (record.origin.shown_in if record else None)


def _id(path: str) -> str:
    return record_id(original_path(path))


def _known_by(found: Diagnostic) -> tuple[str, str, str]:
    """Not by its line: what stands above may have changed."""
    return found.source.path, found.rule.code, found.message("es")
