"""Guesses what an author meant, among the names that exist."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from generator.base.text import slug


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
    # A singular or a plural is near even where the id is long: «presupuestos», «presupuesto-participativo».
    stem = wanted.rstrip("s")
    close = get_close_matches(wanted, keys_by_slug, n=1, cutoff=0.7) or sorted(
        (name for name in keys_by_slug if len(stem) > 3 and name.startswith(stem)), key=len
    )
    return keys_by_slug[close[0]] if close else None
