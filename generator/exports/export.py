"""What an export is made of, and what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.base.text import Lang
from generator.library.graph import Library


@dataclass(frozen=True, slots=True)
class Exported:
    """`site_url` ends with `/`; `addresses` are those of every page, by language, each with its twin's; `repo_url` is
    where the records are kept, and `sign_in` the service that lets editors in, each empty where there is none.
    """

    library: Library
    site_url: str
    addresses: Mapping[Lang, Mapping[str, str]]
    today: date
    repo_url: str = ""
    sign_in: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the published site; `path` from its root."""

    path: str
    content: bytes
