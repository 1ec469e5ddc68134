"""What `kb links` saw of outside addresses when it last asked: a file beside the site, never part of the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from generator.reading.files import read_file

FILE = "build/links.json"
_MOST = 20_000_000
"""Bytes."""
REDIRECTS = (301, 302, 303, 307, 308)


def _of_the_web(address: object) -> str:
    return str(address) if str(address).startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class Seen:
    """`status` is HTTP's, None where nobody answered; `archived` the address of a copy, empty where none is known."""

    status: int | None
    on: Annotated[date, Field(alias="seen")]
    archived: Annotated[str, BeforeValidator(_of_the_web)] = ""

    @property
    def is_fine(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether a reader finds nothing there: no answer, no such page, redirects without an end.

        Others that are no success (401, 403, 429, 5xx) may only be meant for machines, or for today.
        """
        return self.status in (None, 404, 410, *REDIRECTS)


_NOTED = TypeAdapter(dict[str, Seen])


def seen_links(root: Path) -> Mapping[str, Seen] | None:
    """By address; None where nobody looked, or what was noted cannot be read: the next `kb links` notes it anew."""
    try:
        return _NOTED.validate_json(read_file(root / FILE, most=_MOST))
    except (OSError, ValidationError):
        return None


def note(seen: Mapping[str, Seen]) -> dict[str, bytes]:
    """The file that says what was seen."""
    return {FILE: _NOTED.dump_json(dict(sorted(seen.items())), indent=1, by_alias=True) + b"\n"}
