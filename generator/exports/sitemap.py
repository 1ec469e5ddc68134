"""For search engines: every address of both languages, each with its twin; the members' edition sends them away."""

from collections.abc import Iterator
from html import escape

from generator.exports.export import Export, Exported
from generator.pages.page import ROOT, other

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def export(exported: Exported) -> Iterator[Export]:
    if exported.edition != "public":
        yield Export("robots.txt", b"User-agent: *\nDisallow: /\n")
        return
    lines = [_HEAD]
    for lang, addresses in exported.addresses.items():
        for path, twin in sorted(addresses.items()):
            here = escape(exported.site_url + ROOT[lang] + path)
            there = escape(exported.site_url + ROOT[other(lang)] + twin)
            lines.append(
                f'<url><loc>{here}</loc><xhtml:link rel="alternate" hreflang="{lang}" href="{here}"/>'
                f'<xhtml:link rel="alternate" hreflang="{other(lang)}" href="{there}"/></url>\n'
            )
    yield Export("sitemap.xml", "".join((*lines, "</urlset>\n")).encode())
    yield Export("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {exported.site_url}sitemap.xml\n".encode())
