"""Tables for spreadsheets: as they stand in the repository, and harmless when opened."""

import csv
import io
from collections.abc import Iterable, Sequence

from generator.base.text import Lang
from generator.library.graph import Library
from generator.pages.addresses import asset_address
from generator.reading.tables import harmless


def tables(library: Library, lang: Lang) -> dict[str, bytes]:
    """By address in a language's site, every table of the library."""
    found = library.data.tables.items()
    return {address: csv_bytes(table.lines) for path, table in found if (address := asset_address(path, lang, library))}


def csv_bytes(lines: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180 in UTF-8; with a byte order mark, without which Excel shows «aÃ±o» for «año»."""
    text = io.StringIO()
    csv.writer(text).writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")
