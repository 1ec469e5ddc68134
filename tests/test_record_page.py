"""A record's page: whose view is missing, what stands beside an amount, which words are terms, how a source reads."""

import re
from datetime import date

import pytest
import sites

from generator.checking import Checker
from generator.library.editions import select
from generator.pages.plan import plan
from generator.pages.view import Site

CASE = "cases/agua.md"
BODY = "---\n\n## Contexto\n\n{text}\n\n## Qué se hizo\n\nAlgo.\n\n## Resultados\n\nAlgo.\n\n## Lecciones\n\nAlgo.\n"


def html(tmp_path, *examples, path="casos/agua/", lang="es"):
    checked = Checker(sites.make_site(tmp_path, *examples)).check()
    site = Site(select(checked.assembly, checked.assets, "public"), lang, date(2026, 11, 23))
    return next(planned.make().html for planned in plan(site, ()) if planned.path == path)


def terms(tmp_path, text, *others):
    shown = html(tmp_path, sites.fields(CASE, BODY.format(text=text)), *others)
    return re.findall(r"<a [^>]*data-definition[^>]*>(.*?)</a>", shown, re.DOTALL)


def test_the_profiles_whose_view_a_case_lacks_are_named(tmp_path):
    views = "perspectives: [{sector: academia, text: Faltan datos., source: 1}, {sector: medios, text: Se supo tarde., source: 1}]\n"
    said = re.search(r'<p class="kb-unheard">(.*?)</p>', html(tmp_path, sites.fields(CASE, views)))
    assert said
    assert "Cooperación internacional" in said[1]
    assert "Academia" not in said[1]
    assert "Gobierno nacional" not in said[1], "it is not one of the eight profiles"


@pytest.mark.parametrize(
    ("title", "rest", "shown"),
    [
        ("¿Quién decide?", "publisher: Diario, date: '2019'", "¿Quién decide?</a> Diario, 2019."),
        ("El agua…", "publisher: Diario", "El agua…</a> Diario."),
        ("El agua", "publisher: Minera S. A.", "El agua</a>. Minera S. A."),
        ("El agua", "date: '2019-09'", "El agua</a>. Setiembre de 2019."),
        ("¿Quién decide?", "note: Resumen.", "¿Quién decide?</a> Resumen."),
    ],
)
def test_a_source_ends_each_part_with_one_sign(tmp_path, title, rest, shown):
    source = f"sources: [{{title: '{title}', url: 'https://example.org/a', {rest}}}]\n"
    assert f'<a href="https://example.org/a">{shown}</li>' in html(tmp_path, sites.fields(CASE, source))


def test_a_term_is_not_looked_for_inside_a_code_or_the_name_of_an_organisation(tmp_path):
    name = "Mesa del Canon Minero de Ilo"
    organization = sites.fields("content/organizations/mesa-ilo.md", f"name: {name}\n")
    text = (
        f"La resolución 5-canon minero/AAA y la {name.replace('Minero ', 'Minero' + chr(10))} no son el canon minero."
    )
    assert terms(tmp_path, text, organization) == ["canon minero"]
    shown = html(tmp_path / "other", sites.fields(CASE, BODY.format(text=text)), organization)
    assert shown.index("data-definition") > shown.index("no son el")


def test_a_term_is_found_across_the_end_of_a_line(tmp_path):
    assert [found.split() for found in terms(tmp_path, "El canon\nminero creció.")] == [["canon", "minero"]]


def test_a_table_in_a_text_can_be_moved_by_keyboard_and_has_a_name(tmp_path):
    table = "| Año | Monto |\n|---|---|\n| 2019 | 3 |"
    shown = html(tmp_path, sites.fields(CASE, BODY.format(text=table)))
    assert '<div class="kb-scroll" tabindex="0" role="region" aria-label="Tabla 1"><table>' in shown
    assert shown.count("</table></div>") == 1


def test_what_the_page_lists_already_is_not_listed_again_as_related(tmp_path):
    actors = (
        "actors: [{organization: gore-moquegua, sector: gobierno-subnacional, role: convocante},"
        " {name: Vecinos, sector: base-social, role: participante}]\n"
    )
    shown = html(tmp_path, sites.fields(CASE, actors))
    assert shown.count('href="../../organizaciones/gore-moquegua/"') == 1


def test_what_the_index_is_told_of_a_record_is_not_on_its_page(tmp_path):
    assert "data-pagefind-filter" not in html(tmp_path, sites.fields(CASE, ""))


def test_the_list_of_a_result_begins_with_a_capital_letter(tmp_path):
    assert "<h1>Resultado mixto</h1>" in html(tmp_path, sites.fields(CASE, ""), path="resultados/mixed/")


def test_a_meeting_without_agreements_does_not_say_that_it_has_none(tmp_path):
    quiet = sites.fields(sites.BASE["minutes"], "agreements: []\n")
    assert "0 acuerdos" not in html(tmp_path, quiet, path="actas/")


def test_a_link_says_the_language_of_the_record_that_it_names(tmp_path):
    earlier = "title: Reunión de antes\nstart: 2025-11-15\nnext: 2025-12-15-ejemplo\n"
    before = sites.fields("content/minutes/2025-11-15-antes.md", earlier)
    told = "agenda: [{title: El agua, records: [agua]}]\nprevious: 2025-11-15-antes\n"
    minutes = sites.fields(sites.BASE["minutes"], told)
    case = sites.fields(CASE, "title: El agua\n")
    shown = html(tmp_path, case, before, minutes, path="minutes/2025-12-15-ejemplo/", lang="en")
    for address in ("../../cases/agua/", "../../minutes/2025-11-15-antes/"):
        assert set(re.findall(f'<a href="{address}"([^>]*)>', shown)) == {' lang="es"'}


def test_an_organisation_named_by_its_former_id_is_the_same_one(tmp_path):
    renamed = sites.fields("content/organizations/gore-moquegua.md", "name: Gobierno Regional\naliases: [gore]\n")
    agreed = "agreements: [{n: 1, text: Medir el agua., responsible: [gore], due: none}]\n"
    minutes = sites.fields(sites.BASE["minutes"], agreed)
    actors = "actors: [{organization: gore, sector: gobierno-subnacional, role: convocante}, {name: V, sector: base-social, role: participante}]\n"
    case = sites.fields(CASE, f"authors: [{{organization: gore}}]\n{actors}")
    assert "Medir el agua." in html(tmp_path / "a", renamed, minutes, path="organizaciones/gore-moquegua/")
    shown = html(tmp_path / "b", renamed, case)
    assert "<p>Autoría: Gobierno Regional. " in shown
    assert shown.count('href="../../organizaciones/gore-moquegua/"') == 1
