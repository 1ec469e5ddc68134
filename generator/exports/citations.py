"""For reference managers: all records that can be cited, as BibTeX and as RIS, one file a language."""

from collections.abc import Iterator

from generator.base.text import LANGUAGES, Lang
from generator.exports.export import Export, Exported
from generator.model.entry import Entry
from generator.pages.citing import REFERENCES, Citation, citation
from generator.pages.page import ROOT

_BIBTEX_NAMES = {"es": "spanish", "en": "english"}
# A brace escaped by a backslash still counts when BibTeX looks for the end of a field: it is named instead.
_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)


def export(exported: Exported) -> Iterator[Export]:
    entries = exported.library.of(Entry)
    for lang in LANGUAGES:
        site, root = exported.site_name.to(lang), exported.site_url + ROOT[lang]
        cited = [citation(exported.library, entry, lang) for entry in entries]
        written = {
            "bib": (bibtex(each, lang, site, root + each.path) for each in cited),
            "ris": (ris(each, site, root + each.path) for each in cited),
        }
        for ending, texts in written.items():
            yield Export(f"{ROOT[lang]}{REFERENCES.to(lang)}.{ending}", "\n".join(texts).encode())


def bibtex(cited: Citation, lang: Lang, site: str, address: str) -> str:
    """An entry of the type that every style knows. Doubled braces keep capitals and names of organisations whole."""
    year, month, day = (*cited.when.text.split("-"), "", "")[:3]
    fields = {
        "author": " and ".join(f"{{{name.translate(_BIBTEX)}}}" for name in cited.authors),
        "title": f"{{{cited.title.translate(_BIBTEX)}}}",
        "year": year,
        "month": str(int(month)) if month else "",
        "day": str(int(day)) if day else "",
        "publisher": f"{{{site.translate(_BIBTEX)}}}",
        "url": address,
        "language": _BIBTEX_NAMES[cited.language],
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@misc{{{cited.id}-{lang},\n{''.join(lines)}}}\n"


def ris(cited: Citation, site: str, address: str) -> str:
    """One tag a line, lines end as the format's specification wants them; a value holds no line end."""
    date = "/".join((*cited.when.text.split("-"), "", "", "")[:4])
    tags = [
        ("TY", "ELEC"),
        *(("AU", name) for name in cited.authors),
        ("TI", cited.title),
        ("PY", cited.when.text[:4]),
        ("DA", date),
        ("PB", site),
        ("UR", address),
        ("LA", cited.language),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in tags)
