"""Which cited addresses no longer lead anywhere, and where a copy is: asked about, kept between runs, and in words."""

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from generator.base.text import Lang, Text, slug
from generator.checking import Checker
from generator.engine import settings, site_names
from generator.library.addresses import Address, addresses
from generator.outside import Manners, ask, copies, is_fine, is_gone
from generator.progress import Progress
from generator.reading.files import read_file
from generator.reading.places import printable
from generator.staging import write_derived

CACHE = "build/links.json"
"""`{address: {"status": int or null, "seen": "YYYY-MM-DD", "archived": address or null}}`."""
_GOOD_FOR = timedelta(days=7)
"""How long an address that led somewhere is believed to; others are asked about each time."""
_MOST_CACHE = 50_000_000
"""Bytes."""

_ASKING = Text("Se pregunta por {n} direcciones", "Asking about {n} addresses")
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
    "{all} direcciones; {gone} no llevan a nada, {unsure} por mirar.",
    "{all} addresses; {gone} lead nowhere, {unsure} to be looked at.",
)
_WHAT_TO_DO = Text(
    "En una fuente, escriba la copia en «archived_url»; en un texto, ponga la copia en el enlace.",
    "In a source, write the copy as “archived_url”; in a text, put the copy into the link.",
)

Seen = dict[str, dict[str, Any]]


def links(root: Path, lang: Lang) -> str | None:
    """What `kb links` says; None if this machine has no connection."""
    checker = Checker(root)
    named = list(addresses(checker.check().assembly, checker.reader.data))
    seen = look(root, {each.target for each in named}, _manners(root), lang)
    return None if seen is None else told(named, seen, lang)


def _manners(root: Path) -> Manners:
    common = settings(root)
    return Manners(f"{slug(site_names(common)[1].es)}/1.0 (kb links; +{common['repo_url']})")


def look(root: Path, targets: AbstractSet[str], manners: Manners, lang: Lang) -> Seen | None:
    """What is known of each address, asked about where it must be, and kept; what leads inside is not there.

    None, and nothing is kept, if this machine has no connection.
    """
    today = datetime.now(UTC).date()
    known = {target: about for target, about in _read(root / CACHE).items() if target in targets}
    asked = [target for target in targets if not _is_fresh(known.get(target), today)]
    progress = Progress(lang)
    progress.step(Text(_ASKING.es.format(n=len(asked)), _ASKING.en.format(n=len(asked))))
    answers = ask(asked, manners)
    if answers and not any(answers.values()) and not any(ask([manners.archive], manners).values()):
        progress.end()
        return None
    archived = copies(sorted(target for target, status in answers.items() if is_gone(status)), manners)
    progress.end()
    fresh = {target: about for target, about in known.items() if target not in asked}
    for target, status in answers.items():
        copy = archived.get(target) or known.get(target, {}).get("archived")
        fresh[target] = {"status": status, "seen": today.isoformat(), "archived": copy if is_gone(status) else None}
    data = json.dumps(fresh, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_derived(root, {CACHE: data.encode()})
    return fresh


def _read(path: Path) -> Seen:
    """Nothing where there is none yet, or it is not one of ours."""
    with suppress(OSError, ValueError):
        found = json.loads(read_file(path, most=_MOST_CACHE))
        return found if isinstance(found, dict) else {}
    return {}


def _is_fresh(about: Any, today: date) -> bool:
    try:
        return is_fine(about["status"]) and timedelta(0) <= today - date.fromisoformat(about["seen"]) <= _GOOD_FOR
    except (KeyError, TypeError, ValueError):
        return False


def told(named: Iterable[Address], seen: Seen, lang: Lang) -> str:
    """What leads nowhere or is doubtful, by file and line; and how many addresses that is."""
    lines = sorted(
        (each.source.path, each.source.position(each.span.start).line, printable(each.target), words)
        for each in named
        if (words := _words(seen.get(each.target), lang))
    )
    said = "".join(f"{path}:{line}: {target}\n    {words}\n" for path, line, target, words in dict.fromkeys(lines))
    gone = sum(is_gone(about["status"]) for about in seen.values())
    counts = {"all": len(seen), "gone": gone, "unsure": sum(not is_fine(it["status"]) for it in seen.values()) - gone}
    return f"{said}{_TOTALS.to(lang).format(**counts)}\n" + (f"{_WHAT_TO_DO.to(lang)}\n" if gone else "")


def _words(about: dict[str, Any] | None, lang: Lang) -> str:
    if about is None:
        return _INSIDE.to(lang)
    status, copy = about["status"], about["archived"]
    if is_fine(status):
        return ""
    words = _UNSURE
    if is_gone(status):
        words = _GONE if status is None else _ENDLESS if status < 400 else _GONE_WITH
    found = f"; {_COPY.to(lang).format(copy=printable(copy))}" if copy else ""
    return words.to(lang).format(status=status) + found
