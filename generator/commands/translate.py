"""`kb translate <id>`: begins the translation of a record, or says what changed since one was made."""

import argparse
import sys

from generator.base.text import LANGUAGES, Lang, Text
from generator.checking import Checked, Checker
from generator.commands import DONE, id_of, refuse
from generator.editing.changes import Changes
from generator.editing.translating import changed_since, translation_text
from generator.editing.writing import write
from generator.library.decoded import content_version
from generator.model.record import Record
from generator.reading.history import versions_of
from generator.records.page import Page

HELP = Text(
    "empieza la traducción de una ficha, o dice qué cambió", "begins a record's translation, or says what changed"
)
_ID_HELP = Text("el nombre del archivo sin «.md»", "the file's name without “.md”")
_UNKNOWN = Text("no hay ninguna ficha sin errores «{id}»", "there is no record without errors “{id}”")
_A_PAGE = Text(
    "una página se traduce en un archivo propio, con «translation_of»: vea «content/pages/en/»",
    "a page is translated in a file of its own, with “translation_of”: see “content/pages/en/”",
)
_WRITTEN = Text(
    "Escrito: {path}\nTraduzca donde dice «TODO:»; lo que falta lo dice: kb check",
    "Written: {path}\nTranslate where it says “TODO:”; what is missing is told by: kb check",
)
_CURRENT = Text("{path} está al día", "{path} is up to date")
_UNSAID = Text(
    "{path} no dice de qué versión es; si la revisó entera, escriba en ella «translated_from: {version}»",
    "{path} does not say of which version it is; if you revised it all, write in it “translated_from: {version}”",
)
_STALE = Text(
    "El original cambió así después de {path}; al terminar, escriba en ella «translated_from: {version}»:",
    "The original changed like this after {path}; when done, write in it “translated_from: {version}”:",
)
_LOST = Text(
    "(la versión traducida no está en el historial: compare todo)", "(that version is not in the history: compare all)"
)


def add(parser: argparse.ArgumentParser, lang: Lang) -> None:
    parser.add_argument("id", help=_ID_HELP.to(lang))


def run(options: argparse.Namespace) -> int:
    checked, lang = Checker(options.root).check(), options.lang
    record = checked.assembly.records.get(id_of(options.id))
    if record is None or isinstance(record, Page):
        words = _UNKNOWN.to(lang).format(id=options.id) if record is None else _A_PAGE.to(lang)
        return refuse(words)
    to = next(other for other in LANGUAGES if other != record.origin.shown_in)
    path = record.path.removesuffix(".md") + f".{to}.md"
    if (options.root / path).exists():
        sys.stdout.write(_state(options, checked, record, path))
        return DONE
    write(options.root, Changes(after={path: translation_text(record, to).encode()}))
    sys.stdout.write(_WRITTEN.to(lang).format(path=path) + "\n")
    return DONE


def _state(options: argparse.Namespace, checked: Checked, record: Record, path: str) -> str:
    """What to do about a translation that is there."""
    places, version = checked.assembly.places.get(path), content_version(record)
    made_from = (
        next((str(it.value) for key, it in places.meta.value if key.value == "translated_from"), "") if places else ""
    )
    told = {"path": path, "version": version}
    if made_from in ("", version):
        return (_CURRENT if made_from else _UNSAID).to(options.lang).format(**told) + "\n"
    original = checked.assembly.places[record.path].source
    changed = changed_since(original, made_from, versions_of(options.root, record.path), checked.assembly.vocabularies)
    return f"{_STALE.to(options.lang).format(**told)}\n{changed or _LOST.to(options.lang)}".rstrip() + "\n"
