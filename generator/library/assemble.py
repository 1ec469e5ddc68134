"""Documents become records: each decoded by its type's class, translations laid over their originals."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from generator.base.diagnostics import Diagnostic, Rule, Severity
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
    vocabulary_sources: Mapping[str, Source]
    clashes: tuple[tuple[Record, Record], ...]
    """Pairs of records with the same id, the one that counts first."""
    data: Mapping[str, Source] = field(default_factory=dict)


class Assembler:
    """Assembles again and again; a text that did not change keeps its document and its decoded values."""

    def __init__(self) -> None:
        self._documents: dict[str, tuple[Source, Document | None, list[Diagnostic]]] = {}
        self._decoded: dict[str, tuple[Document, int, Record | None, list[Diagnostic]]] = {}

    def assemble(self, sources: Iterable[Source]) -> tuple[Assembly, list[Diagnostic]]:
        """The assembly of all sources, and everything that is wrong with each of them."""
        diagnostics: list[Diagnostic] = []
        vocabularies: dict[str, Vocabulary] = {}
        vocabulary_sources: dict[str, Source] = {}
        data: dict[str, Source] = {}
        texts: list[Source] = []
        for source in sources:
            path = PurePosixPath(source.path)
            if path.parent.as_posix() == VOCABULARIES and path.suffix == ".yml":
                vocabulary, problems = read_vocabulary(source)
                vocabularies[vocabulary.name] = vocabulary
                vocabulary_sources[vocabulary.name] = source
                diagnostics += problems
            elif path.suffix == ".md":
                texts.append(source)
            else:
                data[source.path] = source
        documents, problems = self._read(texts)
        diagnostics += problems
        originals = [document for document in documents.values() if _translation_language(document) is None]
        translations = [document for document in documents.values() if _translation_language(document)]
        records, clashes = self._originals(originals, vocabularies, diagnostics)
        translated = self._translations(translations, records, vocabularies, diagnostics)
        assembly = Assembly(records, translated, documents, vocabularies, vocabulary_sources, tuple(clashes), data)
        return assembly, diagnostics

    def _read(self, texts: Iterable[Source]) -> tuple[dict[str, Document], list[Diagnostic]]:
        known, self._documents = self._documents, {}
        documents: dict[str, Document] = {}
        diagnostics: list[Diagnostic] = []
        for source in texts:
            entry = known.get(source.path)
            if entry is None or entry[0] != source:
                entry = (source, *read_document(source))
            self._documents[source.path] = entry
            diagnostics += entry[2]
            if entry[1] and not any(found.rule.severity is Severity.ERROR for found in entry[2]):
                documents[source.path] = entry[1]
        return documents, diagnostics

    def _originals(
        self, documents: Iterable[Document], vocabularies: Vocabularies, diagnostics: list[Diagnostic]
    ) -> tuple[dict[str, Record], list[tuple[Record, Record]]]:
        known, self._decoded = self._decoded, {}
        version = _version_of(vocabularies)
        records: dict[str, Record] = {}
        clashes: list[tuple[Record, Record]] = []
        for document in documents:
            path = document.source.path
            entry = known.get(path)
            if entry is None or entry[0] is not document or entry[1] != version:
                entry = (document, version, *_decode_original(document, vocabularies))
            self._decoded[path] = entry
            diagnostics += entry[3]
            if record := entry[2]:
                first = records.setdefault(record.id, record)
                if first is not record:
                    clashes.append((first, record))
        return records, clashes

    def _translations(
        self,
        documents: Iterable[Document],
        records: Mapping[str, Record],
        vocabularies: Vocabularies,
        diagnostics: list[Diagnostic],
    ) -> dict[tuple[str, Lang], Record]:
        translated: dict[tuple[str, Lang], Record] = {}
        for document in documents:
            path = PurePosixPath(document.source.path)
            language = _translation_language(document)
            record_id = path.name.split(".")[0]
            original = records.get(record_id)
            if original is None or language is None or PurePosixPath(original.path).parent != path.parent:
                name = f"{path.parent}/{record_id}.md"
                diagnostics.append(NO_ORIGINAL.at(document.source, Span(0, 3), original=name))
                continue
            record, problems = _decode_translation(document, original, language, vocabularies)
            diagnostics += problems
            if record:
                translated[original.id, language] = record
        return translated


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


def _translation_language(document: Document) -> Lang | None:
    """`agua.en.md` is the English translation of `agua.md`."""
    suffixes = PurePosixPath(document.source.path).suffixes
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


def _version_of(vocabularies: Vocabularies) -> int:
    return hash(tuple((name, *vocabulary.terms.values()) for name, vocabulary in sorted(vocabularies.items())))
