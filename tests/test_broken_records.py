"""Real records broken by the mistakes people make: each message names the line, its hint followed to the letter mends.

How a hint is followed: FIX makes the edits that the diagnostic carries; PUT types what stands first in «» in place of
what is marked; LINE types it in place of the marked line; a pair is a literal edit,
which does what the words beside it say.
"""

import re
import shutil

import pytest
import sites

from generator.base.text import edited
from generator.checking import Checker

C, ORG, T = "cases/moqueguazo-2008.md", "content/organizations/ana.md", "content/glossary/canon.md"
M, P = "content/minutes/2022-04-12-cuajone.md", "content/practices/reglas-mesa-dialogo.md"
ACTA = "content/minutes/2025-12-15-cmq-005.md"
FIX, PUT, LINE = "fix", "put", "line"
CREATED = "created: 2026-11-23"
TITLE = 'title: "El Moqueguazo de 2008: la disputa por el reparto del canon minero"'
BARE = "title: Moqueguazo, la disputa por el canon"

SLIPS = [
    # dates
    ("day first", C, CREATED, "created: 23/11/2026", "KB306", "escriba «2026-11-23»", FIX),
    ("month in words", C, CREATED, "created: 23 de noviembre de 2026", "KB306", "escriba «2026-11-23»", FIX),
    ("day of the week", C, CREATED, "created: lunes, 23 de noviembre del 2026", "KB306", "escriba «2026-11-23»", FIX),
    ("month and year", C, "date: 2008-10-31", "date: octubre 2008", "KB306", "escriba «2008-10»", FIX),
    ("slashes", C, CREATED, "created: 2026/11/23", "KB306", "escriba «2026-11-23»", FIX),
    ("no leading zero", ORG, "accessed: 2026-11", "accessed: 2026-9", "KB306", "escriba «2026-09»", FIX),
    ("about a year", ORG, "date: 2022", "date: hacia 2022", "KB306", "escriba «2022»", PUT),
    ("no such day", C, CREATED, "created: 2026-11-31", "KB307", "escriba solo «2026-11»", PUT),
    ("year with three digits", C, "date: 2008-10-31", "date: 208-10-31", "KB306", "«2023-04-19»", PUT),
    ("end before start", C, "  end: 2008\n", "  end: 2006\n", "KB319", "«end» debe ser 2007 o después", ("end: 2006", "end: 2007")),
    # keys
    ("deadline before the meeting", ACTA, "due: 2026-01-15", "due: 2025-01-15", "KB319", "«due» debe ser 2025-12-15 o después", ("due: 2025-01-15", "due: 2026-01-15")),
    ("news before the meeting", M, "date: 2022-04-21", "date: 2021-04-21", "KB319", "«date» debe ser 2022-04-12 o después", ("date: 2021-04-21", "date: 2022-04-21")),
    ("Spanish key", C, TITLE, TITLE.replace("title", "titulo"), "KB302", "¿quiso decir «title»?", FIX),
    ("Spanish key with accent", C, TITLE, TITLE.replace("title", "Título"), "KB302", "¿quiso decir «title»?", FIX),
    ("Spanish key in a group", C, "publisher: Net360", "quien_lo_publica: Net360", "KB302", "«publisher»", FIX),
    ("capital letter", C, CREATED, "Created: 2026-11-23", "KB302", "¿quiso decir «created»?", FIX),
    ("mistyped key", C, "evidence: documento", "evidense: documento", "KB302", "¿quiso decir «evidence»?", PUT),
    ("field twice", C, CREATED, f"{CREATED}\n{CREATED}", "KB205", "deje uno solo", (f"{CREATED}\n{CREATED}", CREATED)),
    # terms, choices, references
    ("topic by its label", C, "  - gasto-canon", "  - Gasto del canon", "KB401", "«gasto-canon»", FIX),
    ("topic in the plural", C, "  - gasto-canon", "  - gastos-canon", "KB401", "«gasto-canon»", PUT),
    ("sector by its label", C, "sector: base-social", "sector: Base social", "KB401", "«base-social»", FIX),
    ("role by its label", C, "role: afectado", "role: Afectado", "KB401", "«afectado»", FIX),
    ("place by its name", C, "  - 18\n", "  - Ilo\n", "KB401", "180301 (Ilo (distrito))", ("- Ilo", "- 180301")),
    ("result by its label", C, "result: mixed", "result: resultado mixto", "KB310", "«mixed»", FIX),
    ("result in Spanish", C, "result: mixed", "result: mixto", "KB310", "«mixed»", PUT),
    ("status in Spanish", C, "status: in-review", "status: En revisión", "KB310", "«in-review»", FIX),
    ("organisation by its name", C, "  - mef", "  - Ministerio de Economía y Finanzas", "KB504", "¿quiso decir «mef»?", FIX),
    ("organisation by its acronym", C, "  - gore-moquegua", "  - GORE Moquegua", "KB504", "«gore-moquegua»", FIX),
    ("organisation by its file", C, "  - mef", "  - mef.md", "KB504", "¿quiso decir «mef»?", FIX),
    ("organisation mistyped", C, "  - southern-peru", "  - southern-perú-sa", "KB504", "«southern-peru»", PUT),
    ("RENIEC's code", C, "  - 18\n", "  - 170101\n", "KB402", "es «180101»", FIX),
    ("reference to itself", C, "related:\n", "related:\n  - moqueguazo-2008\n", "KB505", "bórrelo", ("  - moqueguazo-2008\n", "")),
    ("maturity by its label", P, "maturity: promising", "maturity: Práctica prometedora", "KB310", "«promising»", FIX),
    ("format by its label", M, "format: in-person", "format: presencial", "KB310", "«in-person»", FIX),
    ("date and time as spoken", M, "start: 2022-04-12", "start: 12/04/2022 a las 6:00 p. m.", "KB306", "«2022-04-12T18:00»", FIX),
    ("see a term by its name", T, "see:", "see_:", "KB302", "¿quiso decir «see»?", PUT),
    # numbers and addresses
    ("currency sign in an amount", C, "amount: 362200000", "amount: S/ 362200000", "KB309", "escriba «362200000»", FIX),
    ("thousands separators", C, "amount: 362200000", "amount: 362,200,000", "KB309", "escriba «362200000»", FIX),
    ("millions in words", C, "amount: 362200000", "amount: 362.2 millones", "KB309", "escriba «362200000»", FIX),
    ("one separator", C, "amount: 362200000", "amount: 362,200", "KB309", "escriba «362200»", PUT),
    ("currency by its sign", C, "currency: PEN", "currency: S/", "KB303", "escriba «currency: PEN»", LINE),
    ("source as text", C, "    source: 1\n", "    source: fuente 1\n", "KB309", "escriba «1»", PUT),
    ("no such source", C, "    source: 1\n", "    source: 0\n", "KB311", "se cuentan desde 1", ("source: 0", "source: 1")),
    ("two sources without brackets", C, "    source: 1\n", "    source: 1, 2\n", "KB309", "escriba «[1, 2]»", FIX),
    ("address without https", ORG, "url: https://pre", "url: pre", "KB308", "escriba «https://", PUT),
    ("address with one slash", ORG, "url: http://peru", "url: http:/peru", "KB308", "escriba «http://peru", FIX),
    ("address in angle brackets", ORG, "url: https://mineriahoy.com/?p=2105", "url: <https://mineriahoy.com/?p=2105>", "KB308", "«https://mineriahoy.com/?p=2105»", FIX),
    ("lat and lon changed", C, "lat: -17.24\n  lon: -70.95", "lat: 17.24\n  lon: 70.95", "KB324", "«lat: -17.24, lon: -70.95»", ("lat: 17.24\n  lon: 70.95", "lat: -17.24\n  lon: -70.95")),
    # shapes
    ("country by its name", C, "  - PE\n", "  - Perú\n", "KB401", "«PE»", FIX),
    ("one topic without a list", C, "  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", " canon-regalias", "KB303", "escriba «topics: [canon-regalias]»", FIX),
    ("topics with commas", C, "\n  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", " canon-regalias, gasto-canon", "KB303", "escriba «topics: [canon-regalias, gasto-canon]»", FIX),
    ("topics with semicolons", C, "\n  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", " canon-regalias; gasto-canon", "KB303", "escriba «topics: [canon-regalias, gasto-canon]»", FIX),
    ("topics with and", C, "\n  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", " canon-regalias y gasto-canon", "KB303", "escriba «topics: [canon-regalias, gasto-canon]»", FIX),
    ("topics with numbers", C, "\n  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", " 1. canon-regalias 2. gasto-canon", "KB303", "escriba «topics: [canon-regalias, gasto-canon]»", FIX),
    ("topics with bullets", C, "\n  - canon-regalias\n  - prevencion-conflictos\n  - gasto-canon", "\n  • canon-regalias\n  • gasto-canon", "KB303", "escriba «topics: [canon-regalias, gasto-canon]»", ("\n  • canon-regalias\n  • gasto-canon", " [canon-regalias, gasto-canon]")),
    ("no space after the hyphen", C, "  - prevencion-conflictos", "  -prevencion-conflictos", "KB210", "un espacio: «- prevencion-conflictos»", FIX),
    ("no space in a list of groups", C, "  - organization: mef", "  -organization: mef", "KB210", "un espacio: «- organization: mef»", FIX),
    ("dash of a word processor", C, "  - prevencion-conflictos", "  – prevencion-conflictos", "KB210", "un espacio: «- prevencion-conflictos»", FIX),
    ("bullet of a word processor", C, "  - prevencion-conflictos\n  - gasto-canon", "  - prevencion-conflictos\n  • gasto-canon", "KB210", "un espacio: «- gasto-canon»", FIX),
    ("asterisk for a hyphen", C, "  - canon-regalias\n", "  * canon-regalias\n", "KB210", "un espacio: «- canon-regalias»", FIX),
    ("special space after a colon", C, "result: mixed", "result:\u00a0mixed", "KB210", "escriba uno común", FIX),
    ("special space after a hyphen", C, "  - prevencion-conflictos", "  -\u00a0prevencion-conflictos", "KB210", "escriba uno común", FIX),
    ("special spaces before a field", C, "    publisher: Net360", "\u00a0\u00a0\u00a0\u00a0publisher: Net360", "KB210", "escriba uno común", FIX),
    ("special spaces before a text", C, "summary: >-\n  ", "summary: >-\n\u00a0\u00a0", "KB210", "escriba uno común", FIX),
    ("list for a text", C, "level: multinivel", "level: [multinivel]", "KB303", "escriba «level: multinivel»", LINE),
    # YAML
    ("colon in the title", C, TITLE, "title: El Moqueguazo: la disputa por el canon", "KB211", 'title: "El Moqueguazo: la disputa por el canon"', FIX),
    ("quote not closed", C, TITLE, TITLE[:-1], "KB215", 'ponga " al final', FIX),
    ("quote not opened", C, TITLE, TITLE.replace(': "', ": "), "KB211", TITLE, FIX),
    ("curly quotes", C, TITLE, TITLE.replace('"E', "“E")[:-1] + "”", "KB213", TITLE, FIX),
    ("tab", C, "  - canon-regalias", "\t- canon-regalias", "KB212", "cámbielo por dos espacios", FIX),
    ("no space after the colon", C, CREATED, "created:2026-11-23", "KB214", "escriba «created: 2026-11-23»", FIX),
    ("no space in a group", C, "  start: 2007", "  start:2007", "KB214", "escriba «start: 2007»", FIX),
    ("bracket not closed", C, "level: multinivel", "level: multinivel\naliases: [paro-2008", "KB210", "ponga «]»", ("paro-2008", "paro-2008]")),
    ("asterisks of bold", C, TITLE, "title: **Moqueguazo**", "KB206", 'title: "**Moqueguazo**"', ("title: **Moqueguazo**", 'title: "**Moqueguazo**"')),
    ("no closing line", C, "\n---\n\n## Contexto", "\n\n## Contexto", "KB202", "ponga una línea «---»", ("\n\n## Contexto", "\n---\n\n## Contexto")),
    ("closing line as a word processor writes it", C, "\n---\n\n## Contexto", "\n—-\n\n## Contexto", "KB202", "así: «---»", FIX),
    ("closing line away from the margin", C, "\n---\n\n## Contexto", "\n  ---\n\n## Contexto", "KB202", "así: «---»", FIX),
    ("closing line of two hyphens", C, "\n---\n\n## Contexto", "\n--\n\n## Contexto", "KB202", "así: «---»", FIX),
    ("opening line as a word processor writes it", C, "---\ntitle", "———\ntitle", "KB201", "así: «---»", FIX),
    ("no opening line", C, "---\ntitle", "title", "KB201", "la primera línea debe ser «---»", ("title: ", "---\ntitle: ")),
    # what Word and WhatsApp bring
    ("invisible space", C, "El paro terminó", "El pa\u200bro terminó", "KB104", "bórrelo", FIX),
    ("soft hyphen", C, "reparto", "repar\u00adto", "KB104", "bórrelo", FIX),
    ("spaces at the end", C, "level: multinivel", "level: multinivel   ", "KB208", "bórrelos", FIX),
    # body
    ("level of a section", C, "## Resultados", "### Resultados", "KB601", "«## Resultados»", FIX),
    ("top level", C, "## Contexto", "# Contexto", "KB605", "use «## Contexto»", LINE),
    ("section in bold", C, "## Contexto", "**Contexto**", "KB601", "«## Contexto»", FIX),
    ("section in English", C, "## Lecciones", "## Lessons", "KB601", "«## Lecciones»", FIX),
    ("section mistyped", C, "## Lecciones", "## Leciones", "KB601", "«## Lecciones»", LINE),
    ("no space after the sign", C, "## Contexto", "##Contexto", "KB601", "«## Contexto»", FIX),
    ("code that is not closed", C, "## Contexto\n", "## Contexto\n\nUno.\n\n```\n", "KB601", "se abre aquí con «```»", ("\n```\n", "\n")),
    ("comment that is not closed", C, "## Contexto\n", "## Contexto\n\nUno.\n\n<!-- dos\n", "KB601", "se abre aquí con «<!-- dos»", ("<!-- dos", "<!-- dos -->")),
    ("skipped level", C, "### Ecos posteriores", "##### Ecos posteriores", "KB603", "use «#### Ecos posteriores»", FIX),
    ("template text", C, "## Contexto\n", "## Contexto\n\n[escriba aquí]\n", "KB604", "bórrelo", ("[escriba aquí]", "")),
    ("link to a web page without https", C, "## Contexto\n", "## Contexto\n\n[Ley](www.gob.pe)\n", "KB701", "«https://www.gob.pe»", ("(www.gob.pe)", "(https://www.gob.pe)")),
    ("space inside a link", C, "## Contexto\n", "## Contexto\n\nVea [la ley] (https://www.gob.pe).\n", "KB713", "escriba «[la ley](https://www.gob.pe)»", FIX),
    ("signs of a link swapped", C, "## Contexto\n", "## Contexto\n\nVea (la ley)[https://www.gob.pe].\n", "KB713", "escriba «[la ley](https://www.gob.pe)»", FIX),
    ("spaces in an address", C, "## Contexto\n", "## Contexto\n\nVea [la ley](https://www.gob.pe/ley 1.pdf).\n", "KB713", "escriba «[la ley](https://www.gob.pe/ley%201.pdf)»", PUT),
    ("link mistyped", C, "glossary/canon-minero.md", "glossary/canon-minro.md", "KB701", "«../content/glossary/canon-minero.md»", PUT),
]  # fmt: skip

NAMES = [
    ("accents and spaces", "cases/El paro del año 2008.md", "KB105", "«el-paro-del-ano-2008.md»", "cases/el-paro-del-ano-2008.md"),
    ("capitals", "cases/Paro.md", "KB105", "«paro.md»", "cases/paro.md"),
    ("capitals in the extension", "cases/paro.MD", "KB105", "«paro.md»", "cases/paro.md"),
    ("copy of a copy", "cases/paro (1).md", "KB105", "«paro-1.md»", "cases/paro-1.md"),
    ("underscore", "cases/paro_2008.md", "KB105", "«paro-2008.md»", "cases/paro-2008.md"),
    ("extension of a text", "cases/paro.txt", "KB106", "llámelo «paro.md»", "cases/paro.md"),
    ("extension that Windows hides", "cases/paro.md.txt", "KB106", "llámelo «paro.md»", "cases/paro.md"),
    ("no extension", "cases/paro", "KB106", "llámelo «paro.md»", "cases/paro.md"),
    ("wrong folder", "content/paro.md", "KB106", "muévalo a una de estas: cases,", "cases/paro.md"),
    ("folder of a year", "cases/2008/paro.md", "KB106", "muévalo a una de estas: cases,", "cases/paro.md"),
]  # fmt: skip


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    for top in ("cases", "content"):
        shutil.copytree(sites.ROOT / top, folder / top)
    return Checker(folder)


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[0])
def test_following_the_hint_to_the_letter_mends_the_record(checker, slip):
    _, path, old, new, code, hint, how = slip
    good = checker.reader.data(path).decode()
    assert old in good
    broken = good.replace(old, new, 1)
    report = checker.check({path: broken.encode()}).report
    found = next(found for found in report.diagnostics if found.rule.code == code)
    assert found.source.path == path
    said = found.hint("es")
    assert hint in said
    mended = follow(broken, found, said, how)
    left = checker.check({path: mended.encode()}).report.diagnostics
    # What was mended says something else than before: that its translation has aged is true.
    assert [(it.rule.code, it.hint("es")) for it in left if it.rule.code != "KB510"] == []


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[0])
def test_giving_the_file_the_name_of_the_hint_mends_it(tmp_path, name):
    _, path, code, hint, better = name
    for top in ("cases", "content"):
        shutil.copytree(sites.ROOT / top, tmp_path / top)
    sites.write(tmp_path, path, (tmp_path / C).read_bytes())
    (found,) = Checker(tmp_path).check().report.diagnostics
    assert (found.source.path, found.rule.code) == (path, code)
    assert hint in found.hint("es")
    (tmp_path / path).rename(tmp_path / better)
    assert Checker(tmp_path).check().report.diagnostics == ()


def test_fifty_slips_and_more_are_followed():
    assert len(SLIPS) + len(NAMES) > 50


def follow(text, found, said, how):
    first = re.search("«(.*?)»", said)
    if how == FIX:
        assert found.fix
        return edited(text, found.fix)
    if how == PUT:
        return text[: found.span.start] + first[1] + text[found.span.end :]
    if how == LINE:
        line = found.source.line(found.start.line)
        begin = found.span.start - found.start.column + 1
        indent = re.match(r"[ -]*", line)[0]
        return text[:begin] + indent + first[1] + text[begin + len(line) :]
    old, new = how
    return text.replace(old, new, 1)
