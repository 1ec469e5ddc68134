"""For old links: the address of a former id leads to the record's own."""

from collections.abc import Iterator
from html import escape

from generator.base.text import LANGUAGES
from generator.exports.export import Export, Exported
from generator.pages.addresses import list_address, record_address
from generator.pages.page import ROOT, relative

_PAGE = """<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{absolute}">
<meta http-equiv="refresh" content="0; url={target}">
<meta name="robots" content="noindex">
<p><a href="{target}">{title}</a></p>
</html>
"""


def export(exported: Exported) -> Iterator[Export]:
    library = exported.library
    for alias, record_id in sorted(library.aliases.items()):
        for lang in LANGUAGES:
            record = library.shown(library.records[record_id], lang)
            if not record.kind.own_page:
                continue
            old, new = f"{list_address(type(record), lang)}{alias}/", record_address(record, lang)
            page = _PAGE.format(
                lang=record.origin.shown_in,
                title=escape(record.heading),
                target=escape(relative(old, new)),
                absolute=escape(exported.site_url + ROOT[lang] + new),
            )
            yield Export(f"{ROOT[lang]}{old}index.html", page.encode())
