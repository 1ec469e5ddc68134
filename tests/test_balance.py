"""The balance of voices: its counts are those of a count by hand, of what the edition may show."""

import re

import sites
from test_pages import pages

MINUTES = "content/minutes/2025-12-15-ejemplo.md"
PRACTICE = "content/practices/practica-ejemplo.md"
CASE = "cases/mesa-ejemplo.md"
NONE = "title: Sin fuentes ni autor\nsources: []\n"
SOURCES = (
    "sources:\n"
    "- {title: Uno, url: 'https://example.org/1', sector: medios, date: 2008-05}\n"
    "- {title: Dos, url: 'https://example.org/2', sector: medios, date: 2021}\n"
    "- {title: Tres, url: 'https://example.org/3', sector: academia}\n"
    "- {title: Cuatro, url: 'https://example.org/4', date: 2022-01-31}\n"
)
PERSPECTIVES = (
    "perspectives:\n"
    "- {sector: base-social, text: Dijo una cosa., source: [2, 1]}\n"
    "- {sector: base-social, text: Dijo otra cosa., source: 3}\n"
    "- {sector: empresa-minera, text: Dijo otra cosa más., source: 4}\n"
)
ORGANIZATIONS = [
    sites.fields("content/organizations/mina.md", "name: La mina\nacronym:\nsector: empresa-minera\n"),
    sites.fields("content/organizations/otra-mina.md", "name: La otra mina\nacronym:\nsector: empresa-minera\n"),
]
AGREEMENTS = (
    "agreements:\n"
    "- {n: 1, text: Publicar la matriz., responsible: [mina, otra-mina], due: none, verify_by: Estará publicada.}\n"
    "- {n: 2, text: Publicar el informe., responsible: [mina, gore-moquegua], due: none, verify_by: Estará publicado.}\n"
    "- {n: 3, text: Publicar el plano., responsible: unknown, due: none, verify_by: Estará publicado.}\n"
)


def made(tmp_path, *examples, lang="es"):
    found = pages(sites.make_site(tmp_path, *ORGANIZATIONS, *examples), lang)
    return found["equilibrio/" if lang == "es" else "balance/"].html


def rows(html, anchor):
    """The table below a heading: its columns, and each row by its first cell."""
    table = re.search(rf'id="{anchor}".*?<table.*?</table>', html, re.DOTALL)[0]
    columns = [re.sub("<[^>]+>", "", cell) for cell in re.findall(r'<th scope="col">(.*?)</th>', table)]
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
        name = re.search(r'<th scope="row">(.*?)</th>', row)
        if name:
            found[name[1]] = [int(number) for number in re.findall(r"<td>(\d+)", row)]
    return columns[1:], found


def without_other_sources():
    yield sites.fields(
        PRACTICE, "sources:\n- {title: Otra, url: 'https://example.org/9', sector: medios, date: 2008}\n"
    )
    yield sites.fields(MINUTES, f"{AGREEMENTS}sources: []\nbody_of: core-group\nminutes_status: approved\n"
                                "approved_on: 2026-01-20\nattendance: {total: 9}\nauthors: [{organization: mina}]\n")  # fmt: skip


def test_sources_are_counted_by_the_sector_that_speaks_and_the_decade_they_are_of(tmp_path):
    html = made(tmp_path, sites.fields(CASE, SOURCES + PERSPECTIVES), *without_other_sources())
    columns, found = rows(html, "voces_sources")
    assert columns == ["Total", "2000–2009", "2020–2029", "sin fecha"]
    assert found["Medios de comunicación"] == [3, 2, 1, 0]
    assert found["Academia"] == [1, 0, 0, 1]
    assert found["Sin sector"] == [1, 0, 1, 0]
    assert found["Empresas mineras"] == [0, 0, 0, 0], "a founding profile without a source is named"


def test_a_perspective_is_of_the_year_of_its_oldest_source(tmp_path):
    html = made(tmp_path, sites.fields(CASE, SOURCES + PERSPECTIVES), *without_other_sources(), lang="en")
    columns, found = rows(html, "voces_perspectives")
    assert columns == ["Total", "2000–2009", "2020–2029", "no date"]
    assert found["Grassroots social organisations"] == [2, 1, 0, 1]
    assert found["Mining companies"] == [1, 0, 1, 0]


def test_an_agreement_counts_once_in_each_sector_that_is_responsible(tmp_path):
    columns, found = rows(made(tmp_path, *without_other_sources()), "voces_agreements")
    assert columns == ["Total", "2025"], "few years are told one by one"
    assert found["Empresas mineras"] == [2, 2]
    assert found["Gobiernos regionales y locales"] == [1, 1]
    assert found["Sin sector"] == [1, 1]


def test_authorship_is_of_the_organisation_and_without_a_sector_where_there_is_none(tmp_path):
    _, found = rows(made(tmp_path, *without_other_sources()), "voces_authorships")
    assert found["Empresas mineras"][0] == 1, "the minutes"
    assert found["Sin sector"][0] == 2, "the case and the practice have a team without a record as author"


def test_the_first_table_has_the_totals_of_the_others_and_bars_in_proportion(tmp_path):
    html = made(tmp_path, sites.fields(CASE, SOURCES + PERSPECTIVES), *without_other_sources())
    columns, found = rows(html, "voces_sectores")
    assert columns == ["Fuentes", "Miradas", "Autorías", "Acuerdos"]
    assert found["Total"] == [5, 3, 3, 4]
    for place, name in enumerate(("sources", "perspectives", "authorships", "agreements")):
        for sector, numbers in rows(html, f"voces_{name}")[1].items():
            assert found[sector][place] == numbers[0], (name, sector)
    media = re.search(r"Medios de comunicación</th>(.*?)</tr>", html.partition("voces_sectores")[2], re.DOTALL)[1]
    assert re.findall(r'<rect width="([\d.]+)"', media) == ["100.0"]
    assert "style=" not in html


def test_profiles_without_a_voice_or_with_few_are_named(tmp_path):
    many = "sources:\n" + "".join(
        f"- {{title: Nota {n}, url: 'https://example.org/{n}', sector: {'medios' if n else 'academia'}}}\n"
        for n in range(30)
    )
    html = made(tmp_path, sites.fields(CASE, many + PERSPECTIVES), *without_other_sources())
    missing = html.partition("voces_faltan")[2].partition("</section>")[0]
    assert re.search(r"<strong>Academia</strong>: pocas fuentes \(1\), ninguna mirada", missing)
    assert re.search(r"<strong>Medios de comunicación</strong>: ninguna mirada", missing)
    assert re.search(r"<strong>Empresas mineras</strong>: ninguna fuente\.", missing)


def test_what_none_of_the_profiles_has_is_said_once(tmp_path):
    html = made(tmp_path, sites.fields(MINUTES, AGREEMENTS.replace("[mina, gore-moquegua]", "unknown").replace("[mina, otra-mina]", "unknown")))  # fmt: skip
    missing = html.partition("voces_faltan")[2].partition("</section>")[0]
    assert "De ninguno de los ocho hay todavía: fuentes, autorías, acuerdos." in missing
    assert "ninguna autoría" not in missing


def test_only_what_the_edition_may_show_is_counted(tmp_path):
    _, found = rows(made(tmp_path / "a", sites.fields(MINUTES, f"{AGREEMENTS}visibility: members\n")), "voces_sectores")
    assert found["Total"][3] == 0
    html = made(tmp_path / "b", sites.fields(MINUTES, f"{AGREEMENTS}rule: chatham-house\n"))
    _, found = rows(html, "voces_agreements")
    assert found["Empresas mineras"][0] == 0
    assert found["Sin sector"][0] == 3, "under the rule nobody is told to be responsible"
