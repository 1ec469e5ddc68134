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
_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Seen:
    """`status` is HTTP's, None where nobody answered; `archived` the address of a copy, empty where none is known."""

    status: int | None
    on: date
    archived: str = ""

    @property
    def is_dead(self) -> bool:
        """Not there, or nobody there. Who refuses machines (401, 403, 429) may well answer people."""
        return self.status is None or self.status in _GONE or self.status >= 500


def seen_links(root: Path) -> Mapping[str, Seen] | None:
    """By address; None where nobody looked, or what was noted cannot be read: the next `kb links` notes it anew."""
    try:
        told: Any = json.loads(read_file(root / FILE, most=_MOST))
        return {str(address): _seen(each) for address, each in told.items()}
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _seen(told: Any) -> Seen:
    status, archived = told["status"], str(told.get("archived") or "")
    copy = archived if archived.startswith(("https://", "http://")) else ""
    return Seen(None if status is None else int(status), date.fromisoformat(told["seen"]), copy)
