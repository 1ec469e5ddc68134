"""Documents become records: each decoded by its type's class, translations laid over their originals."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.memo import Memo
from generator.base.nearest import nearest
from generator.base.text import LANGUAGES, Lang, Source, Span, Text
from generator.model.decoding import decode
from generator.model.record import LANGUAGE, Origin, Record
from generator.model.translation import Translation, fixed_fields, lengths_that_differ, overlay, translation_of
from generator.model.vocabulary import FOLDER as VOCABULARIES
from generator.model.vocabulary import Vocabularies, Vocabulary, read_vocabulary
from generator.reading.frontmatter import Document, read_document
from generator.reading.markdown import Body
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
NOT_TRANSLATABLE = Rule(
    "KB508",
    "field-not-translatable",
    Severity.ERROR,
    Text("una traducción no puede cambiar «{field}»", "a translation cannot change “{field}”"),
    Text(
        "bórrelo de aquí: vale lo que dice el original; aquí se traducen: {fields}",
        "delete it here: what the original says holds; translatable here: {fields}",
    ),
)
DIFFERENT_LENGTH = Rule(
    "KB509",
    "translation-length-differs",
    Severity.ERROR,
    Text(
        "las entradas de «{field}» son {translated} aquí y {original} en el original",
        "the entries of “{field}” are {translated} here and {original} in the original",
    ),
    Text(
        "se emparejan por orden: ponga tantas como el original, y «{{}}» donde nada cambie",
        "they are matched by order: put as many as the original, and “{{}}” where nothing changes",
    ),
)
STALE_TRANSLATION = Rule(
    "KB510",
    "stale-translation",
    Severity.WARNING,
    Text("el original cambió después de esta traducción", "the original changed after this translation was made"),
    Text(
        "revísela y escriba «translated_from: {version}»; mientras tanto, la página avisa a quien lee",
        "revise it and write “translated_from: {version}”; until then the page warns its readers",
    ),
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

_DID_YOU_MEAN = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")
_RENAME = Text(
    "¿es la de «{nearest}.md»? Entonces llame a este archivo «{better}»",
    "is it that of “{nearest}.md”? Then name this file “{better}”",
)
_ALL_IN_ORDER = Text("tradúzcalas todas, en el mismo orden", "translate all of them, in the same order")


@dataclass(frozen=True, slots=True)
class Assembly:
    """Every record that could be decoded, in its own language and, by language, translated; where each came from.

    A record that does not exist in a language stands there in its own.
    """

    records: Mapping[str, Record]
    translated: Mapping[tuple[str, Lang], Record]
    documents: Mapping[str, Document]
    vocabularies: Vocabularies
    clashes: tuple[tuple[Record, Record], ...]
    """Pairs of records with the same id, the one that counts first."""
    data: Mapping[str, Source] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    """Paths of files that are there and could not become records: nobody else is to blame for referring to them."""


class Assembler:
    """Assembles again and again; a text that did not change keeps its document and its record."""

    def __init__(self) -> None:
        self._memo = Memo()

    def assemble(self, sources: Iterable[Source]) -> tuple[Assembly, list[Diagnostic]]:
        """The assembly of all sources, and everything that is wrong with each of them."""
        self._memo.turn()
        diagnostics: list[Diagnostic] = []
        by_path = {source.path: source for source in sources}
        in_folder = {path: source for path, source in by_path.items() if _is_vocabulary(path)}
        vocabularies: dict[str, Vocabulary] = {}
        for path, source in in_folder.items():
            vocabulary, problems = self._memo.get(("vocabulary", path), (source,), partial(read_vocabulary, source))
            vocabularies[vocabulary.name] = vocabulary
            diagnostics += problems
        documents, problems = self._documents(source for path, source in by_path.items() if path.endswith(".md"))
        diagnostics += problems
        records, clashes, problems = self._originals(documents, vocabularies)
        diagnostics += problems
        translated, problems = self._translations(documents, records, vocabularies, by_path)
        diagnostics += [*problems, *_pages_without_original(records, documents, by_path)]
        decoded = {record.path for record in records.values()} | {record.path for _, record in clashes}
        broken = {path for path in by_path if path.endswith(".md") and path not in decoded}
        data = {path: source for path, source in by_path.items() if not path.endswith(".md") and path not in in_folder}
        assembly = Assembly(records, translated, documents, vocabularies, tuple(clashes), data, frozenset(broken))
        return assembly, diagnostics

    def _documents(self, texts: Iterable[Source]) -> tuple[dict[str, Document], list[Diagnostic]]:
        documents: dict[str, Document] = {}
        diagnostics: list[Diagnostic] = []
        for source in texts:
            document, problems = self._memo.get(source.path, (source,), partial(read_document, source))
            diagnostics += problems
            if document and not any(found.rule.severity is Severity.ERROR for found in problems):
                documents[source.path] = document
        return documents, diagnostics

    def _originals(
        self, documents: Mapping[str, Document], vocabularies: Vocabularies
    ) -> tuple[dict[str, Record], list[tuple[Record, Record]], list[Diagnostic]]:
        records: dict[str, Record] = {}
        clashes: list[tuple[Record, Record]] = []
        diagnostics: list[Diagnostic] = []
        for path, document in documents.items():
            if _translation_language(path):
                continue
            inputs = (document, *vocabularies.values())
            record, problems = self._memo.get(
                ("original", path), inputs, partial(_decode_original, document, vocabularies)
            )
            diagnostics += problems
            if record:
                first = records.setdefault(record.id, record)
                if first is not record:
                    clashes.append((first, record))
        return records, clashes, diagnostics

    def _translations(
        self,
        documents: Mapping[str, Document],
        records: Mapping[str, Record],
        vocabularies: Vocabularies,
        existing: Container[str],
    ) -> tuple[dict[tuple[str, Lang], Record], list[Diagnostic]]:
        translated: dict[tuple[str, Lang], Record] = {}
        diagnostics: list[Diagnostic] = []
        for path, document in documents.items():
            language = _translation_language(path)
            if language is None:
                continue
            original_path = str(PurePosixPath(path).with_suffix("").with_suffix(".md"))
            original = records.get(record_id(original_path))
            if original is None or original.path != original_path:
                if original_path not in existing:
                    diagnostics.append(_no_original(document, original_path, language, records))
                continue
            if language == original.origin.shown_in:
                other = next(lang for lang in LANGUAGES if lang != language)
                facts = {"original": original_path, "better": f"{original.id}.{other}.md"}
                label = LANGUAGE.label(language)
                diagnostics.append(OWN_LANGUAGE.at(document.source, Span(0, 3), hint=None, language=label, **facts))
                continue
            inputs = (document, original, *vocabularies.values())
            make = partial(_decode_translation, document, original, language, vocabularies)
            record, problems = self._memo.get(("translation", path), inputs, make)
            diagnostics += problems
            if record:
                translated[original.id, language] = record
        return translated, diagnostics


def content_version(record: Record) -> str:
    """A short hash of what a translator would have to read again: the original's file without its state and dates."""
    state = {"status", "created", "updated", "reviewed", "aliases", "visibility"}
    values = [(name, getattr(record, name)) for name in type(record).model_fields if name not in state]
    return hashlib.sha256(f"{values!r}{record.body.text}".encode()).hexdigest()[:12]


def record_class(path: str) -> type[Record] | None:
    """The class of the records in a file's folder."""
    folder = PurePosixPath(path).parent.as_posix()
    if folder.startswith(Page.kind.folder):
        return Page
    return next((found for found in RECORD_CLASSES if found.kind.folder == folder), None)


def record_id(path: str) -> str:
    """A record's id: its file's stem; a page's, its path, so that the Spanish and the English ones are two."""
    place = PurePosixPath(path)
    if path.startswith(f"{Page.kind.folder}/"):
        return "page:" + place.relative_to(Page.kind.folder).with_suffix("").as_posix()
    return place.stem


def _is_vocabulary(path: str) -> bool:
    return PurePosixPath(path).parent.as_posix() == VOCABULARIES and path.endswith(".yml")


def _translation_language(path: str) -> Lang | None:
    """`agua.en.md` is the English translation of `agua.md`."""
    suffixes = PurePosixPath(path).suffixes
    return next((lang for lang in LANGUAGES if len(suffixes) == 2 and suffixes[0] == f".{lang}"), None)


def _no_original(document: Document, path: str, language: Lang, records: Mapping[str, Record]) -> Diagnostic:
    guess = _nearest_beside(path, records)
    hint, better = (_RENAME, f"{guess}.{language}.md") if guess else (None, "")
    return NO_ORIGINAL.at(document.source, Span(0, 3), hint=hint, original=path, nearest=guess or "", better=better)


def _nearest_beside(path: str, records: Mapping[str, Record]) -> str | None:
    """The name of the file in the same folder that is most like this one."""
    folder = PurePosixPath(path).parent
    places = [PurePosixPath(record.path) for record in records.values()]
    return nearest(
        PurePosixPath(path).stem, dict.fromkeys((place.stem for place in places if place.parent == folder), ())
    )


def _pages_without_original(
    records: Mapping[str, Record], documents: Mapping[str, Document], existing: Container[str]
) -> Iterator[Diagnostic]:
    """A page names the one it translates, since the two have different addresses."""
    for page in records.values():
        if isinstance(page, Page) and page.translation_of:
            path = f"{Page.kind.folder}/es/{page.translation_of}.md"
            if path not in existing:
                source, span = documents[page.path].source, documents[page.path].at(["translation_of"])
                guess = _nearest_beside(path, records)
                hint = _DID_YOU_MEAN if guess else None
                yield NO_ORIGINAL.at(source, span, hint=hint, original=path, nearest=guess or "")


def _decode_original(document: Document, vocabularies: Vocabularies) -> tuple[Record | None, list[Diagnostic]]:
    path = document.source.path
    cls = record_class(path)
    if cls is None:
        return None, []
    record, problems = decode(document, cls, vocabularies)
    if record is None:
        return None, problems
    language: Lang = "en" if record.language == "en" or path.startswith(f"{Page.kind.folder}/en/") else "es"
    return record.coming_from(Origin(record_id(path), path, Body(document.text), language)), problems


def _decode_translation(
    document: Document, original: Record, language: Lang, vocabularies: Vocabularies
) -> tuple[Record | None, list[Diagnostic]]:
    cls = translation_of(type(original))
    fixed = [
        NOT_TRANSLATABLE.at(document.source, document.key(place), field=str(place[-1]), fields=", ".join(translated))
        for place, translated in fixed_fields(type(original), cls, document.values)
    ]
    translation, problems = decode(document, cls, vocabularies)
    if translation is None:
        said = {found.span for found in fixed}
        return None, [*fixed, *(found for found in problems if found.span not in said)]
    for place, now, was in lengths_that_differ(original, translation):
        hint = _ALL_IN_ORDER if now and isinstance(now[0], str) else None
        span, field = document.key(place), str(place[-1])
        found = DIFFERENT_LENGTH.at(
            document.source, span, hint=hint, field=field, translated=len(now), original=len(was)
        )
        problems.append(found)
    stale = _is_stale(translation, original)
    if stale:
        version = content_version(original)
        problems.append(STALE_TRANSLATION.at(document.source, document.at(["translated_from"]), version=version))
    origin = Origin(
        original.id, original.path, Body(document.text), language, translation.translation, document.source.path, stale
    )
    return overlay(original, translation).coming_from(origin), problems


def _is_stale(translation: Translation, original: Record) -> bool:
    return translation.translated_from is not None and translation.translated_from != content_version(original)
