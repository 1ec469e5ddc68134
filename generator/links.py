"""Which cited addresses no longer lead anywhere, and where a copy is: asked about, kept between runs, and in words."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from generator.base.text import Lang, Text, printable, slug
from generator.checking import Checker
from generator.editing.beginning import today
from generator.engine import settings, site_names
from generator.library.addresses import Address, addresses
from generator.outside import Manners, ask, copies
from generator.progress import showing
from generator.reading.seen import Seen, note, seen_links
from generator.staging import write_derived

_GOOD_FOR = timedelta(days=7)
"""How long an address that led somewhere is believed to; others are asked about each time."""

_ASKING = Text("Se pregunta por direcciones: {n}", "Asking about addresses: {n}")
_GONE = Text("no responde", "does not answer")
_GONE_WITH = Text("ya no está ({status})", "is gone ({status})")
_ENDLESS = Text("redirige sin fin ({status})", "redirects without an end ({status})")
_UNSURE = Text(
    "responde {status} a un programa: ábrala en un navegador", "answers {status} to a program: open it in a browser"
)
_INSIDE = Text(
    "lleva a una máquina interna: no se preguntó", "leads to a machine inside a network: it was not asked about"
)
_COPY = Text("copia archivada: {copy}", "archived copy: {copy}")
_TOTALS = Text(
    "Direcciones: {all}; no llevan a nada: {gone}; por mirar: {unsure}.",
    "Addresses: {all}; lead nowhere: {gone}; to be looked at: {unsure}.",
)
_WHAT_TO_DO = Text(
    "En una fuente, escriba la copia en «archived_url»; en un texto, ponga la copia en el enlace.",
    "In a source, write the copy as “archived_url”; in a text, put the copy into the link.",
)


def links(root: Path, lang: Lang) -> str | None:
    """What `kb links` says; None if this machine has no connection."""
    checker = Checker(root)
    named = list(addresses(checker.check().assembly, checker.reader.data))
    seen = look(root, {each.target for each in named}, _manners(root), lang)
    return None if seen is None else told(named, seen, lang)


def _manners(root: Path) -> Manners:
    common = settings(root)
    return Manners(f"{slug(site_names(common)[1].es)}/1.0 (kb links; +{common['repo_url']})")


def look(root: Path, targets: AbstractSet[str], manners: Manners, lang: Lang) -> Mapping[str, Seen] | None:
    """What is known of each address, asked about where it must be, and kept; what leads inside is not there.

    None, and nothing is kept, if this machine has no connection.
    """
    day = today()
    known = {target: each for target, each in (seen_links(root) or {}).items() if target in targets}
    fresh = {
        target: each for target, each in known.items() if each.is_fine and timedelta(0) <= day - each.on <= _GOOD_FOR
    }
    asked = [target for target in targets if target not in fresh]
    with showing(_ASKING.telling(n=len(asked)), lang):
        answers = {target: Seen(status, day) for target, status in ask(asked, manners).items()}
        if (
            answers
            and not any(each.status for each in answers.values())
            and not any(ask([manners.archive], manners).values())
        ):
            return None
        archived = copies(sorted(target for target, each in answers.items() if each.is_gone), manners)
    for target, each in answers.items():
        copy = archived.get(target) or (known[target].archived if target in known else "")
        fresh[target] = replace(each, archived=copy) if each.is_gone else each
    write_derived(root, note(fresh))
    return fresh


def told(named: Iterable[Address], seen: Mapping[str, Seen], lang: Lang) -> str:
    """What leads nowhere or is doubtful, by file and line; and how many addresses that is."""
    lines = sorted(
        (each.source.path, each.source.position(each.span.start).line, printable(each.target), words)
        for each in named
        if (words := _words(seen.get(each.target), lang))
    )
    said = "".join(f"{path}:{line}: {target}\n    {words}\n" for path, line, target, words in dict.fromkeys(lines))
    gone = sum(each.is_gone for each in seen.values())
    counts = {"all": len(seen), "gone": gone, "unsure": sum(not each.is_fine for each in seen.values()) - gone}
    return f"{said}{_TOTALS.to(lang).format(**counts)}\n" + (f"{_WHAT_TO_DO.to(lang)}\n" if gone else "")


def _words(seen: Seen | None, lang: Lang) -> str:
    if seen is None:
        return _INSIDE.to(lang)
    if seen.is_fine:
        return ""
    words = _UNSURE
    if seen.is_gone:
        words = _GONE if seen.status is None else _ENDLESS if seen.status < 400 else _GONE_WITH
    found = f"; {_COPY.to(lang).format(copy=printable(seen.archived))}" if seen.archived else ""
    return words.to(lang).format(status=seen.status) + found
