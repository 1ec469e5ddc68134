"""Documents become records: originals first, then the translations that are laid over them."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.memo import Memo
from generator.base.nearest import DID_YOU_MEAN, nearest
from generator.base.text import LANGUAGES, Lang, Source, Span, Text
from generator.library.decoded import Decoded, Read, decode_original, decode_translation
from generator.library.naming import original_path, record_id, translation_language
from generator.library.references import vocabularies_of
from generator.model.data import Chart, Data, Point, Sharing, Table, read_figure, read_points
from generator.model.record import LANGUAGE, Record
from generator.model.vocabulary import FOLDER as VOCABULARIES
from generator.model.vocabulary import Vocabularies, Vocabulary, missing_vocabulary, read_vocabulary
from generator.reading import personal
from generator.reading.ahead import Ahead
from generator.reading.frontmatter import Places, read_document
from generator.reading.places import DATA_FOLDERS
from generator.records import RECORD_CLASSES
from generator.records.page import Page

NO_ORIGINAL = Rule(
    "KB507",
    "translation-without-original",
    Severity.ERROR,
    Text(
        "es la traducción de «{original}», que no existe",
        "this is the translation of “{original}”, which does not exist",
    ),
    Text("escriba primero el original, o corrija el nombre", "write the original first, or correct the name"),
)
OWN_LANGUAGE = Rule(
    "KB513",
    "translation-into-own-language",
    Severity.ERROR,
    Text("«{original}» ya está en {language}", "“{original}” is in {language} already"),
    Text(
        "si esta es la traducción al otro idioma, llame al archivo «{better}»; si no, bórrelo",
        "if this is the translation into the other language, name the file “{better}”; if not, delete it",
    ),
)
MISNAMED = Rule(
    "KB515",
    "misnamed-translation",
    Severity.ERROR,
    Text(
        "parece la traducción de «{original}», pero su nombre no lo dice",
        "this seems the translation of “{original}”, but its name does not say so",
    ),
    Text("llame a este archivo «{better}»", "name this file “{better}”"),
)

_HYPHENED = re.compile(r"(.+)[-_](en|es)\.md")
_ASKED_FOR = [
    f"{VOCABULARIES}/{name}.yml" for name in sorted(vocabularies_of((*RECORD_CLASSES, Point, Sharing, Chart)))
]
"""The files of the vocabularies that a field of a record, a table or a figure takes its words from."""
_RENAME = Text(
    "¿es la de «{nearest}.md»? Entonces llame a este archivo «{better}»",
    "is it that of “{nearest}.md”? Then name this file “{better}”",
)


@dataclass(frozen=True, slots=True)
class Assembly:
    """Every record that could be decoded, in its own language and, by language, translated; where each came from.

    A record that does not exist in a language stands there in its own.
    """

    records: Mapping[str, Record]
    translated: Mapping[tuple[str, Lang], Record]
    places: Mapping[str, Places]
    """By path, where the values of each file stand."""
    vocabularies: Vocabularies
    clashes: tuple[tuple[Record, Record], ...]
    """Pairs of records with the same id, the one that counts first."""
    data: Data = field(default_factory=Data)
    broken: frozenset[str] = frozenset()
    """Paths of files that are there and could not become records: nobody else is to blame for referring to them."""


class Assembler:
    """Assembles again and again; a text that did not change keeps its record."""

    def __init__(self) -> None:
        self._memo = Memo()

    def assemble(self, sources: Iterable[Source], blocked: Collection[str] = ()) -> tuple[Assembly, list[Diagnostic]]:
        """The assembly of all sources, and everything that is wrong with each of them.

        `blocked` are the paths of files that are there and could not be read.
        """
        self._memo.turn()
        by_path = {source.path: source for source in sources}
        texts = {path: source for path, source in by_path.items() if path.endswith(".md")}
        in_turn = sorted(texts, key=lambda path: translation_language(path) is not None)
        read = Ahead(texts[path] for path in in_turn if not self._memo.has(path)).document
        vocabularies, diagnostics = self._vocabularies(by_path, blocked)
        diagnostics += self._personal(by_path.values())
        originals = self._originals(texts, vocabularies, read)
        originals |= _misnamed(texts, originals)
        records: dict[str, Record] = {}
        clashes: list[tuple[Record, Record]] = []
        for decoded in originals.values():
            if decoded.record:
                first = records.setdefault(decoded.record.id, decoded.record)
                if first is not decoded.record:
                    clashes.append((first, decoded.record))
        translations = self._translations(texts, records, vocabularies, read)
        places = {path: each.places for path, each in (originals | translations).items() if each.places}
        for each in (*originals.values(), *translations.values()):
            diagnostics += each.problems
        diagnostics += _without_original(texts, records, translations)
        diagnostics += _pages_without_original(records, places, texts)
        translated = {
            (each.record.id, each.record.origin.shown_in): each.record for each in translations.values() if each.record
        }
        data, wrong = self._data(by_path, vocabularies)
        diagnostics += wrong
        failed = (path for path, decoded in originals.items() if decoded.record is None)
        broken = frozenset((*blocked, *failed, *(found.source.path for found in wrong)))
        return Assembly(records, translated, places, vocabularies, tuple(clashes), data, broken), diagnostics

    def _vocabularies(
        self, sources: Mapping[str, Source], blocked: Collection[str]
    ) -> tuple[dict[str, Vocabulary], list[Diagnostic]]:
        vocabularies: dict[str, Vocabulary] = {}
        diagnostics: list[Diagnostic] = []
        for path in dict.fromkeys((*_ASKED_FOR, *filter(_is_vocabulary, sources))):
            if source := sources.get(path):
                found = self._memo.get(path, (source,), partial(read_vocabulary, source))
            else:
                make = partial(missing_vocabulary, Source(path, ""), said=path in blocked)
                found = self._memo.get(path, (), make)
            vocabularies[found[0].name] = found[0]
            diagnostics += found[1]
        return vocabularies, diagnostics

    def _personal(self, sources: Collection[Source]) -> Iterator[Diagnostic]:
        """Personal data in texts, of records that are good or not, unless the record or its original says consent."""
        may = [source for source in sources if "\nconsent:" in source.text]
        asked = ((source, ("consent", source.path), partial(_says_consent, source)) for source in may)
        open_to = {source.path.split(".")[0] for source, key, make in asked if self._memo.get(key, (source,), make)}
        for source in sources:
            if not source.path.startswith(DATA_FOLDERS) and source.path.split(".")[0] not in open_to:
                yield from self._memo.get(("personal", source.path), (source,), partial(personal.find, source))

    def _data(self, sources: Mapping[str, Source], vocabularies: Vocabularies) -> tuple[Data, list[Diagnostic]]:
        tables: dict[str, Table] = {}
        figures: dict[str, Chart | Sharing] = {}
        problems: list[Diagnostic] = []
        for path, source in sources.items():
            inputs = (source, *vocabularies.values())
            if path.endswith(".csv"):
                tables[path], found = self._memo.get(path, inputs, partial(read_points, source, vocabularies))
                problems += found
            elif path.endswith(".yml") and not _is_vocabulary(path):
                figure, found = self._memo.get(path, inputs, partial(read_figure, source, vocabularies))
                figures |= {path: figure} if figure else {}
                problems += found
        return Data(tables, figures), problems

    def _originals(self, texts: Mapping[str, Source], vocabularies: Vocabularies, read: Read) -> dict[str, Decoded]:
        inputs = tuple(vocabularies.values())
        return {
            path: self._memo.get(path, (source, *inputs), partial(decode_original, source, vocabularies, read))
            for path, source in texts.items()
            if not translation_language(path)
        }

    def _translations(
        self, texts: Mapping[str, Source], records: Mapping[str, Record], vocabularies: Vocabularies, read: Read
    ) -> dict[str, Decoded]:
        found: dict[str, Decoded] = {}
        for path, source in texts.items():
            if lang := translation_language(path):
                original = _original_of(path, lang, records)
                make = partial(decode_translation, source, original, lang, vocabularies, read)
                found[path] = self._memo.get(path, (source, original, *vocabularies.values()), make)
        return found


def _says_consent(source: Source) -> bool:
    """Whether the block has the field, which a quoted text could only feign; of a block that is broken, by its form."""
    block = source.text.lstrip().partition("\n---")[0]
    if not personal.CONSENT.search(block):
        return False
    document, _ = read_document(source)
    return document is None or "consent" in document.values


def _misnamed(texts: Mapping[str, Source], originals: Mapping[str, Decoded]) -> dict[str, Decoded]:
    """What would be a bad record beside its original, because a hyphen stands for the dot: one mistake, not fifty."""
    found: dict[str, Decoded] = {}
    for path, decoded in originals.items():
        named = None if decoded.record else _HYPHENED.fullmatch(path)
        if named and (original := f"{named[1]}.md") in texts:
            better = f"{PurePosixPath(named[1]).name}.{named[2]}.md"
            problem = MISNAMED.at(texts[path], Span(0, 3), original=original, better=better)
            found[path] = Decoded(decoded.places, None, (problem,))
    return found


def _original_of(path: str, lang: Lang, records: Mapping[str, Record]) -> Record | None:
    """The record that a file may translate: in the same folder, and not in that language already."""
    original = records.get(record_id(original_path(path)))
    fits = original and original.path == original_path(path) and original.origin.shown_in != lang
    return original if fits else None


def _without_original(
    texts: Mapping[str, Source], records: Mapping[str, Record], translations: Mapping[str, Decoded]
) -> Iterator[Diagnostic]:
    for path, decoded in translations.items():
        lang, source = translation_language(path), texts[path]
        if lang is None or decoded.places is None:
            continue
        original = records.get(record_id(original_path(path)))
        if original_path(path) not in texts:
            yield _no_original(source, original_path(path), lang, records)
        elif original and original.path == original_path(path) and original.origin.shown_in == lang:
            better = next(f"{original.id}.{other}.md" for other in LANGUAGES if other != lang)
            language = LANGUAGE.label(lang)
            yield OWN_LANGUAGE.at(source, Span(0, 3), original=original.path, better=better, language=language)


def _is_vocabulary(path: str) -> bool:
    return path.endswith(".yml") and path.rpartition("/")[0] == VOCABULARIES


def _no_original(source: Source, path: str, language: Lang, records: Mapping[str, Record]) -> Diagnostic:
    guess = _nearest_beside(path, records)
    hint, better = (_RENAME, f"{guess}.{language}.md") if guess else (None, "")
    return NO_ORIGINAL.at(source, Span(0, 3), hint=hint, original=path, nearest=guess or "", better=better)


def _nearest_beside(path: str, records: Mapping[str, Record]) -> str | None:
    """The name of the file in the same folder that is most like this one."""
    folder = PurePosixPath(path).parent
    places = [PurePosixPath(record.path) for record in records.values()]
    return nearest(
        PurePosixPath(path).stem, dict.fromkeys((place.stem for place in places if place.parent == folder), ())
    )


def _pages_without_original(
    records: Mapping[str, Record], places: Mapping[str, Places], existing: Container[str]
) -> Iterator[Diagnostic]:
    """A page names the one it translates, since the two have different addresses."""
    for page in records.values():
        if isinstance(page, Page) and page.translation_of:
            path = f"{Page.kind.folder}/es/{page.translation_of}.md"
            if path not in existing:
                source, span = places[page.path].source, places[page.path].at(["translation_of"])
                guess = _nearest_beside(path, records)
                hint = DID_YOU_MEAN if guess else None
                yield NO_ORIGINAL.at(source, span, hint=hint, original=path, nearest=guess or "")
