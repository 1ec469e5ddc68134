"""One file becomes one record, or the translation of one; its values are forgotten once they are decoded."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Lang, Source, Text
from generator.library.naming import record_class, record_id
from generator.model.decoding import decode
from generator.model.fields import about_of, part_in
from generator.model.record import Origin, Record
from generator.model.translation import fixed_fields, lengths_that_differ, overlay, translation_of
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Document, Places, read_document
from generator.reading.markdown import Body
from generator.records.page import Page

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

_ALL_IN_ORDER = Text("tradúzcalas todas, en el mismo orden", "translate all of them, in the same order")


Read = Callable[[Source], tuple[Document | None, list[Diagnostic]]]


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file gave: where its values stand, unless it could not be read; its record, unless it has errors."""

    places: Places | None
    record: Record | None
    problems: tuple[Diagnostic, ...]


def decode_original(source: Source, vocabularies: Vocabularies, read: Read = read_document) -> Decoded:
    document, problems = _readable(source, read)
    cls = record_class(source.path)
    if document is None or cls is None:
        return Decoded(document.places() if document else None, None, tuple(problems))
    record, found = decode(document, cls, vocabularies)
    if record:
        in_english = record.language == "en" or source.path.startswith(f"{Page.kind.folder}/en/")
        body = Body(source.text, document.body.start)
        record = record.coming_from(Origin(record_id(source.path), source.path, body, "en" if in_english else "es"))
        _share_notes(record)
    return Decoded(document.places(), record, (*problems, *found))


def decode_translation(
    source: Source, original: Record | None, lang: Lang, vocabularies: Vocabularies, read: Read = read_document
) -> Decoded:
    """Without an original, what can be said of the file alone."""
    document, problems = _readable(source, read)
    if document is None or original is None:
        return Decoded(document.places() if document else None, None, tuple(problems))
    record, found = _laid_over(document, original, lang, vocabularies)
    if record:
        _share_notes(record)
    return Decoded(document.places(), record, (*problems, *found))


_NOTES: dict[frozenset[str], set[str]] = {}


def _share_notes(part: BaseModel) -> None:
    """Pydantic notes in each part which of its fields were written. Equal notes are made one: those of ten thousand
    records are a fifth of all memory.
    """
    note = part.__pydantic_fields_set__
    object.__setattr__(part, "__pydantic_fields_set__", _NOTES.setdefault(frozenset(note), note))
    values = vars(part)
    for name in _groups(type(part)):
        value = values[name]
        for inner in value if isinstance(value, tuple) else (value,) if value else ():
            _share_notes(inner)


@cache
def _groups(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if part_in(model, name))


def content_version(record: Record) -> str:
    """A short hash of what a translator would have to read again: the original's file without what is `aside`. What
    a field says unwritten is not in it: no translation ages because the model learns another one.
    """
    return hashlib.sha256(f"{_told(record)!r}{record.body.text}".encode()).hexdigest()[:12]


def _told(part: BaseModel) -> dict[str, object]:
    values, groups = vars(part), _groups(type(part))
    said = {name: values[name] for name, unwritten in _read_again(type(part)) if values[name] != unwritten}
    for name in said.keys() & groups:
        value = values[name]
        said[name] = [_told(inner) for inner in value] if isinstance(value, tuple) else _told(value)
    return said


@cache
def _read_again(model: type[BaseModel]) -> tuple[tuple[str, object], ...]:
    fields = model.model_fields.items()
    return tuple((name, field.get_default()) for name, field in fields if not about_of(field).aside)


def _readable(source: Source, read: Read) -> tuple[Document | None, list[Diagnostic]]:
    """The document, if nothing in it is an error by itself."""
    document, problems = read(source)
    return (None if any(found.rule.severity is Severity.ERROR for found in problems) else document), problems


def _laid_over(
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
    version = content_version(original) if translation.translated_from else None
    stale = version != translation.translated_from
    if version and stale:
        problems.append(STALE_TRANSLATION.at(document.source, document.at(["translated_from"]), version=version))
    origin = Origin(
        original.id,
        original.path,
        Body(document.source.text, document.body.start),
        language,
        translation.translation,
        document.source.path,
        stale,
    )
    return overlay(original, translation).coming_from(origin), problems
