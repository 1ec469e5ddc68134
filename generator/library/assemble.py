"""Documents become records: each decoded by its type's class, translations laid over their originals."""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.memo import Memo
from generator.base.text import LANGUAGES, Lang, Source, Span, Text
from generator.model.decoding import decode
from generator.model.record import Origin, Record
from generator.model.translation import Translation, lengths_that_differ, overlay, translation_of
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
    Text(
        "escriba primero el original, o corrija el nombre del archivo",
        "write the original first, or correct the file's name",
    ),
)
NOT_TRANSLATABLE = Rule(
    "KB508",
    "field-not-translatable",
    Severity.ERROR,
    Text("una traducción no puede cambiar «{field}»", "a translation cannot change “{field}”"),
    Text(
        "bórrelo de aquí: vale lo que dice el original; se traducen {fields}",
        "delete it here: what the original says holds; translatable are {fields}",
    ),
)
DIFFERENT_LENGTH = Rule(
    "KB509",
    "translation-length-differs",
    Severity.ERROR,
    Text(
        "«{field}» tiene {translated} entradas aquí y {original} en el original",
        "“{field}” has {translated} entries here and {original} in the original",
    ),
    Text(
        "se emparejan por orden: ponga «{{}}» en la que no cambie",
        "they are matched by order: put “{{}}” where nothing changes",
    ),
)
STALE_TRANSLATION = Rule(
    "KB510",
    "stale-translation",
    Severity.WARNING,
    Text("el original cambió después de esta traducción", "the original changed after this translation was made"),
    Text(
        "revísela y escriba «translated_from: {version}»; la página avisa a quien lee",
        "revise it and write “translated_from: {version}”; the page warns its readers",
    ),
)


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
        diagnostics += problems
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
            record, problems = self._memo.get(("original", path), inputs, partial(_decode_original, document, vocabularies))
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
                    diagnostics.append(NO_ORIGINAL.at(document.source, Span(0, 3), original=original_path))
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
    problems = list(_fields_of_the_original(document, type(original), cls))
    if problems:
        return None, problems
    translation, problems = decode(document, cls, vocabularies)
    if translation is None:
        return None, problems
    for name, here, there in lengths_that_differ(original, translation):
        problems.append(
            DIFFERENT_LENGTH.at(document.source, document.at([name]), field=name, translated=here, original=there)
        )
    stale = _is_stale(translation, original)
    if stale:
        version = content_version(original)
        problems.append(STALE_TRANSLATION.at(document.source, document.at(["translated_from"]), version=version))
    origin = Origin(
        original.id, original.path, Body(document.text), language, translation.translation, document.source.path, stale
    )
    return overlay(original, translation).coming_from(origin), problems


def _fields_of_the_original(document: Document, original: type[Record], cls: type[Translation]) -> Iterator[Diagnostic]:
    for name in document.values:
        if name in original.model_fields and name not in cls.model_fields:
            yield NOT_TRANSLATABLE.at(
                document.source, document.key([name]), field=name, fields=", ".join(cls.model_fields)
            )


def _is_stale(translation: Translation, original: Record) -> bool:
    return translation.translated_from is not None and translation.translated_from != content_version(original)

