"""What `kb links` saw of outside addresses when it last asked: a file beside the site, never part of the records."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.reading.files import read_file

FILE = "build/links.json"
_MOST = 20_000_000
"""Bytes."""
REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Seen:
    """`status` is HTTP's, None where nobody answered; `archived` the address of a copy, empty where none is known."""

    status: int | None
    on: date
    archived: str = ""

    @property
    def is_fine(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether a reader finds nothing there: no answer, no such page, redirects without an end.

        Others that are no success (401, 403, 429, 5xx) may only be meant for machines, or for today.
        """
        return self.status in (None, 404, 410, *REDIRECTS)


def seen_links(root: Path) -> Mapping[str, Seen] | None:
    """By address; None where nobody looked, or what was noted cannot be read: the next `kb links` notes it anew."""
    try:
        noted: Any = json.loads(read_file(root / FILE, most=_MOST))
        return {str(address): _seen(each) for address, each in noted.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def note(seen: Mapping[str, Seen]) -> dict[str, bytes]:
    """The file that says what was seen."""
    noted = {
        address: {"status": each.status, "seen": each.on.isoformat(), "archived": each.archived or None}
        for address, each in seen.items()
    }
    return {FILE: f"{json.dumps(noted, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()}


def _seen(noted: Any) -> Seen:
    status, archived = noted["status"], str(noted.get("archived") or "")
    copy = archived if archived.startswith(("https://", "http://")) else ""
    return Seen(None if status is None else int(status), date.fromisoformat(noted["seen"]), copy)
