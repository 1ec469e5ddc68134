"""What an export is made of, and what it is."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.base.text import Lang, Text
from generator.library.editions import Edition
from generator.library.graph import Library


@dataclass(frozen=True, slots=True)
class Exported:
    """`site_url` ends with `/`; `version` is that of the theme's assets; `addresses` are those of every page, by
    language, each with its twin's; `repo_url` is where the records are kept, and `sign_in` the service that lets
    editors in, each empty where there is none.
    """

    library: Library
    edition: Edition
    site_url: str
    site_name: Text
    version: str
    addresses: Mapping[Lang, Mapping[str, str]]
    repo_url: str = ""
    sign_in: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """A file of the published site; `path` from its root."""

    path: str
    content: bytes


def json_export(path: str, value: object) -> Export:
    return Export(path, (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode())
