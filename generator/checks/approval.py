"""What was there before: approved minutes change only by an amendment, and what was public is remembered."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Source, Span, Text
from generator.library.decoded import decode_original
from generator.library.editions import may_show, shows_attachments
from generator.library.naming import original_path, translation_language
from generator.library.repository import Repository
from generator.model.fields import about_of, part_in
from generator.model.kinds import quoted
from generator.model.record import Record
from generator.reading.frontmatter import Document, read_document
from generator.records.minutes import AMENDED, APPROVED, Amendment, Minutes

APPROVED_CHANGED = Rule(
    "KB330",
    "approved-minutes-changed",
    Severity.ERROR,
    Text(
        "el acta estaba aprobada y cambió {changed} sin una observación aceptada",
        "the minutes were approved, and {changed} changed without an accepted amendment",
    ),
    Text(
        "deshaga el cambio, o añada la observación aceptada, «amendments: {amended}», y «minutes_status: corrected»",
        "undo the change, or add the accepted amendment, “amendments: {amended}”, and “minutes_status: corrected”",
    ),
)
WAS_PUBLIC = Rule(
    "KB821",
    "was-public",
    Severity.WARNING,
    Text(
        "esta ficha era pública y deja de serlo, en todo o en parte",
        "this record was public and is so no more, in whole or in part",
    ),
    Text(
        "saldrá del sitio, pero sigue en las copias de los buscadores y en la historia de git: si no debió publicarse, "
        "avise a quien mantiene el sitio",
        "it will leave the site, but lives on in search engines' copies and in git's history: if it should never have "
        "been published, tell those who keep the site",
    ),
)
TRANSLATION_CHANGED = Rule(
    "KB331",
    "approved-translation-changed",
    Severity.WARNING,
    Text(
        "cambia la traducción de un acta aprobada, y el acta no",
        "approved minutes keep their text and not their translation",
    ),
    Text(
        "que una persona la compare con el original: debe decir lo mismo que se aprobó",
        "have a person compare it with the original: it must say what was approved",
    ),
)
_GONE = Text(
    "recupérela del último commit; si el archivo cambió de nombre, escriba «aliases: [{id}]» en el nuevo",
    "restore it from the last commit; if the file was renamed, write “aliases: [{id}]” in the new one",
)
_ALL_OF_IT = Text("todo: ya no está", "all of it: it is there no more")
_BODY = Text("el texto", "the text")


def check(repository: Repository) -> Iterator[Diagnostic]:
    for path, text in sorted(repository.before.items()):
        if not path.endswith(".md"):
            yield from _attachment(repository, path)
        elif translation_language(path):
            yield from _translation(repository, Source(path, text))
        else:
            record = _now(repository, path)
            if posixpath.dirname(path) == Minutes.kind.folder and path not in repository.assembly.broken:
                yield from _approved(repository, record, Source(path, text))
            if record and _is_withdrawn(repository, record, Source(path, text)):
                yield WAS_PUBLIC.at(*repository.place(record, ["visibility"]))


def _now(repository: Repository, path: str) -> Record | None:
    """The record that a file held, where it stands now: under its name, or as the alias of another."""
    old_id = posixpath.basename(path).removesuffix(".md")
    records, by_path = repository.library.records, repository.library.by_path
    found = records.get(by_path.get(path) or repository.library.aliases.get(old_id, ""))
    return found if found and posixpath.dirname(found.path) == posixpath.dirname(path) else None


def _is_withdrawn(repository: Repository, record: Record, before: Source) -> bool:
    """Whether it was public, and is not or only under the Chatham House rule."""
    was = decode_original(before, repository.library.vocabularies).record
    return was is not None and any(
        shows(was, "public") > shows(record, "public") for shows in (may_show, shows_attachments)
    )


def _attachment(repository: Repository, path: str) -> Iterator[Diagnostic]:
    """A file of approved minutes is part of them: it may be added, not exchanged or taken away."""
    owner = f"{posixpath.dirname(path)}.md"
    record = _now(repository, owner)
    now = read_document(repository.document(record).source)[0] if record else None
    was = read_document(Source(owner, repository.before[owner]))[0] if owner in repository.before else now
    if posixpath.dirname(owner) != Minutes.kind.folder or was is None or not _is_approved(was):
        return
    if now is None or not _is_amended(was, now):
        name = posixpath.basename(path)
        changed = Text(f"el adjunto «{name}»", f"attachment “{name}”")
        yield APPROVED_CHANGED.at(Source(path, ""), Span(0, 0), changed=changed, amended=AMENDED)


def _translation(repository: Repository, before: Source) -> Iterator[Diagnostic]:
    """The original prevails, and a translation may always be bettered: whoever reads it should know."""
    original, places = _now(repository, original_path(before.path)), repository.assembly.places.get(before.path)
    if places is None or original is None or original.path in repository.before:
        return
    was, now = read_document(before)[0], read_document(places.source)[0]
    if was and now and isinstance(original, Minutes) and original.minutes_status in APPROVED:
        words = set(Minutes.model_fields) - {"minutes_status"} | {""}
        if words.intersection(_changed(was, now)):
            yield TRANSLATION_CHANGED.at(now.source, Span(0, 3))


def _approved(repository: Repository, record: Record | None, before: Source) -> Iterator[Diagnostic]:
    was, _ = read_document(before)
    if was is None or not _is_approved(was):
        return
    if record is None:
        gone_id = posixpath.basename(before.path).removesuffix(".md")
        yield APPROVED_CHANGED.at(Source(before.path, ""), Span(0, 0), hint=_GONE, changed=_ALL_OF_IT, id=gone_id)
        return
    now, _ = read_document(repository.document(record).source)
    changed = _changed(was, now) if now else []
    if now is None or not changed or _is_amended(was, now):
        return
    named = Text(*(", ".join((quoted(name) if name else _BODY).to(lang) for name in changed) for lang in ("es", "en")))
    span = now.key([changed[0]]) if changed[0] else Span(now.body.start, now.body.start)
    yield APPROVED_CHANGED.at(now.source, span, changed=named, amended=AMENDED)


def _is_approved(document: Document) -> bool:
    return document.values.get("minutes_status") in APPROVED


def _changed(was: Document, now: Document) -> list[str]:
    """The fields whose content is another, «» for the text; other spaces and line breaks are no change."""
    before, after = (_content(Minutes, document.values) for document in (was, now))
    changed = [name for name in {**after, **before} if before.get(name) != after.get(name)]
    # Approval is not taken back: that too is done by an amendment.
    changed += [] if _is_approved(now) else ["minutes_status"]
    return changed + ([] if was.text.split() == now.text.split() else [""])


def _is_amended(was: Document, now: Document) -> bool:
    """Whether an amendment was accepted since, all older ones are there, and the minutes say they are corrected."""
    before, after = (_amendments(document) for document in (was, now))
    new = [key for key, accepted in after.items() if accepted and not before.get(key)]
    return bool(new) and before.keys() <= after.keys() and now.values.get("minutes_status") == "corrected"


def _amendments(document: Document) -> Mapping[str, bool]:
    """Whether each amendment was accepted, by all else that it says."""
    entries: Any = document.values.get("amendments") or ()
    return {
        repr(_even(entry | {"accepted": None}, Amendment)): entry.get("accepted") in ("yes", "sí", "si", "true")
        for entry in entries
        if isinstance(entry, dict)
    }


def _content(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the meeting approved, with even spaces: those of fields that do not live on."""
    return {
        name: _even(value, part_in(model, name) if name in model.model_fields else None)
        for name, value in values.items()
        if value is not None and not (name in model.model_fields and about_of(model.model_fields[name]).living)
    }


def _even(value: Any, part: type[BaseModel] | None) -> Any:
    if isinstance(value, list):
        return [_even(entry, part) for entry in value]
    if isinstance(value, dict):
        return _content(part, value) if part else {key: _even(inner, None) for key, inner in value.items()}
    return " ".join(str(value).split())
