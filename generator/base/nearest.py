"""Guesses what an author meant, among the names that exist."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from generator.base.text import Text, slug

DID_YOU_MEAN = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")


def named(typed: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The only key that was meant by its own name or one of its other names, whatever the case, accents and hyphens."""
    wanted = slug(typed)
    found = [key for key, others in names.items() if wanted and wanted in map(slug, (key, *others))]
    return found[0] if len(found) == 1 else None


def nearest(typed: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The key whose own name or one of whose other names is most like what was typed; None if nothing is."""
    keys_by_slug: dict[str, str] = {}
    for key, others in names.items():
        for name in (key, *others):
            keys_by_slug.setdefault(slug(name), key)
    wanted = slug(typed)
    if wanted in keys_by_slug:
        return keys_by_slug[wanted]
    # «gobierno regional» is nearer to «gobiernos regionales y locales» than to «gobierno nacional»; and a singular or a
    # plural is near even where the id is long: «presupuestos», «presupuesto-participativo».
    words = [word.rstrip("s") for word in wanted.split("-")]
    holding = sorted((name for name in keys_by_slug if len(wanted) > 4 and _hold(name.split("-"), words)), key=len)
    close = get_close_matches(wanted, keys_by_slug, n=1, cutoff=0.7)
    found = (holding or close) if len(words) > 1 else (close or holding)
    return keys_by_slug[found[0]] if found else None


def _hold(name: Sequence[str], words: Iterable[str]) -> bool:
    """Whether every word begins one of a name's."""
    return all(any(part.startswith(word) for part in name) for word in words)
