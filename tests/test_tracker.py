"""The tracker's pages, whole and by filter, and the data of the page to explore."""

import json
import re
from datetime import date

import pytest
import sites

from generator.checking import Checker
from generator.library.editions import select
from generator.pages import explore, tracker
from generator.pages.explore import explore_data
from generator.pages.plan import plan
from generator.pages.tracker import Axis
from generator.pages.view import Site
from generator.staging import Stage

TODAY = date(2026, 11, 23)
FIRST = "content/minutes/2025-12-15-ejemplo.md"
SECOND = "content/minutes/2024-05-02-otra.md"
AGREEMENTS = """agreements:
- {n: 1, text: Publicar la matriz., responsible: [gore-moquegua], supporting: [gore-moquegua], due: 2026-03, topic: agua}
- n: 2
  text: Medir el agua.
  responsible: unknown
  due: none
  updates:
  - {date: 2026-02, status: complete, reported_by: academia, verified_by: base-social, evidence: "https://example.org/prueba"}
"""
OTHER = "start: 2024-05-02\nagreements: [{n: 1, text: Abrir los datos., responsible: [gore-moquegua], due: none}]\n"


def site_of(folder, lang="es", edition="public"):
    checked = Checker(folder).check()
    return Site(select(checked.assembly, checked.assets, edition), lang, TODAY)


def pages(folder, lang="es", edition="public"):
    return {planned.path: planned.make() for planned in plan(site_of(folder, lang, edition), ())}


def rows(html):
    return re.findall(r'<tr id="([^"]+)"', html)


@pytest.fixture
def folder(tmp_path):
    return sites.make_site(tmp_path, sites.fields(FIRST, AGREEMENTS), sites.fields(SECOND, OTHER))


@pytest.mark.parametrize(("lang", "root"), [("es", "acuerdos/"), ("en", "agreements/")])
def test_each_agreement_is_once_under_each_of_its_values_and_no_page_is_empty(lang, root):
    site = site_of(sites.ROOT, lang)
    expected = {"status": {}, "organization": {}, "topic": {}}
    for made in site.agreements:
        it = made.agreement
        for kind, values in (
            ("status", [it.status, *(["overdue"] if made.overdue(TODAY) else [])]),
            ("organization", {*it.responsible, *it.supporting}),
            ("topic", site.library.vocabularies["topics"].with_broader(it.topic or "")),
        ):
            for value in values:
                expected[kind].setdefault(value, []).append(made.anchor)
    found = {name: {} for name in expected}
    words = {each.address.to(lang): each.name for each in tracker.PAGED}
    for path, page in ((planned.path, planned.make) for planned in plan(site, ()) if planned.path.startswith(root)):
        html = page().html
        assert rows(html), path
        kind, _, value = path.removeprefix(root).partition("/")
        if kind in words:
            found[words[kind]].setdefault(value.split("/")[0], []).extend(rows(html))
    assert found == expected


def test_the_first_page_names_every_value_with_its_page_and_its_count(folder):
    made = pages(folder)
    html = made["acuerdos/"].html
    for value, n in (
        ("estado/overdue", 1),
        ("estado/complete", 1),
        ("organizacion/gore-moquegua", 2),
        ("tema/agua", 1),
    ):
        assert re.search(rf'href="../acuerdos/{value}/"[^>]*>[^<]+<span class="kb-n">{n}<', html), value
        assert f"acuerdos/{value}/" in made
    assert re.search(r'href="#2025-12-15-ejemplo"[^>]*>[^<]+<span class="kb-n">2<', html)
    assert "data-facet" not in made["acuerdos/tema/agua/"].html
    assert made["acuerdos/tema/agua/"].title == "Seguimiento de acuerdos: Agua"


def test_what_is_reported_and_what_is_verified_are_told_apart_with_their_proof(folder):
    html = " ".join(pages(folder)["acuerdos/estado/complete/"].html.split())
    assert "Lo informa: Academia. Lo verifica: Organizaciones sociales de base." in html
    assert '<a href="https://example.org/prueba">Prueba</a>' in html
    assert "Sin verificar" not in html
    assert "<summary>Historia" in html


def test_an_agreement_keeps_its_address_wherever_the_list_is_cut(folder, monkeypatch):
    monkeypatch.setattr(tracker, "PER_PAGE", 1)
    made = pages(folder)
    assert rows(made["acuerdos/"].html) == ["2025-12-15-ejemplo-1", "2025-12-15-ejemplo-2"]
    assert rows(made["acuerdos/2/"].html) == ["2024-05-02-otra-1"]
    twins = {planned.path: planned.twin for planned in plan(site_of(folder), ())}
    assert twins["acuerdos/2/"] == "agreements/2/"
    assert twins["acuerdos/organizacion/gore-moquegua/2/"] == "agreements/organisation/gore-moquegua/2/"
    assert 'href="../../actas/2024-05-02-otra/#acuerdo_1"' in made["acuerdos/2/"].html
    assert 'href="../acuerdos/2/#2024-05-02-otra"' in made["acuerdos/"].html
    assert 'href="../../acuerdos/2/#2024-05-02-otra"' in made["actas/2024-05-02-otra/"].html
    assert 'id="2024-05-02-otra"' in made["acuerdos/2/"].html


def test_agreements_of_members_are_in_no_public_page_nor_in_the_data(tmp_path):
    hidden = sites.fields(
        SECOND, OTHER.replace("Abrir", "CANARIO") + "visibility: members\ntitle: CANARIO de la reunión\n"
    )
    folder = sites.make_site(tmp_path, sites.fields(FIRST, AGREEMENTS), hidden)
    for edition, seen in (("public", False), ("members", True)):
        made = pages(folder, edition=edition)
        _, data = explore_data(site_of(folder, edition=edition))
        assert ('id="2024-05-02-otra"' in made["acuerdos/"].html) is seen
        assert ("CANARIO" in "".join(page.html + page.title for page in made.values())) is seen
        assert ("CANARIO" in data.decode()) is seen
    gore = pages(folder)["acuerdos/"].html
    assert re.search(r'href="../acuerdos/organizacion/gore-moquegua/"[^>]*>[^<]+<span class="kb-n">1<', gore)


def test_the_line_of_time_says_in_words_what_it_draws(folder):
    html = " ".join(pages(folder)["acuerdos/"].html.split())
    assert "Plazo: marzo de 2026 (vencido). Sin noticias." in html
    assert "Plazo: no se fijó. Noticias: febrero de 2026, cumplido." in html
    drawings = re.findall(r"<svg [^>]*>", html.partition('class="kb-time"')[2])
    assert len(drawings) > 3
    assert all('aria-hidden="true"' in drawing for drawing in drawings)
    assert "style=" not in html


def test_the_line_of_time_holds_every_date_and_few_years(folder):
    site = site_of(folder)
    axis = Axis.of(site.agreements, TODAY)
    assert (axis.first, axis.last) == (date(2024, 1, 1), date(2026, 12, 31))
    places = [float(axis.at(day).rstrip("%")) for day in (axis.first, date(2024, 5, 2), TODAY, axis.last)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 100)
    told = next(made for made in site.agreements if made.agreement.latest)
    assert Axis(axis.first, axis.last, date(2026, 2, 10)).end(told) == date(2026, 2, 10)  # of February, not of its end
    assert len(Axis(date(1950, 1, 1), date(2026, 12, 31), TODAY).years) <= 6


def test_a_renamed_organisation_is_renamed_in_the_tracker(folder, tmp_path):
    checker, stage = Checker(folder), Stage(tmp_path / "docs", "es")

    def staged():
        checked = checker.check()
        return stage.write(plan(Site(select(checked.assembly, checked.assets, "public"), "es", TODAY), ()), {}).written

    staged()
    path = folder / sites.BASE["organization"]
    path.write_text(path.read_text("utf-8").replace("sector:", "acronym: GRM\nsector:"), "utf-8")
    assert {"acuerdos/index.md", "acuerdos/tema/agua/index.md"} <= staged()
    assert ">GRM</abbr></a>" in (tmp_path / "docs/acuerdos/tema/agua/index.md").read_text("utf-8")


def test_the_data_holds_each_record_once_with_its_facets(folder, monkeypatch):
    path, data = explore_data(site_of(folder))
    told = json.loads(data)
    assert path == "explorar/fichas.json"
    assert explore_data(site_of(folder, "en"))[0] == "explore/records.json"
    assert [row[1] for row in told["records"]][:2] == ["2025-12-15-ejemplo", "2024-05-02-otra"]
    assert {row[1] for row in told["records"]} >= {"mesa-ejemplo", "practica-ejemplo", "gore-moquegua"}
    case = next(row for row in told["records"] if row[1] == "mesa-ejemplo")
    keys = [told["keys"][n] for n in case[4]]
    assert keys[0] == "type:case"
    assert {"place:18", "country:PE"} & set(keys)
    assert case[3]
    assert "<" not in case[2]
    monkeypatch.setattr(explore, "WITH_LEAD", 1)
    assert not any(row[3] for row in json.loads(explore_data(site_of(folder))[1])["records"])


def test_what_is_not_translated_says_its_language(folder):
    told = json.loads(explore_data(site_of(folder, "en"))[1])
    assert all(row[5] == "es" for row in told["records"])


def test_every_key_of_the_data_is_a_link_of_the_page():
    for lang in ("es", "en"):
        site = site_of(sites.ROOT, lang)
        html = next(p for p in plan(site, ()) if p.path in ("explorar/", "explore/")).make().html
        offered = set()
        for name, section in re.findall(r'<section data-facet="(\w+)"(.*?)</section>', html, re.DOTALL):
            offered |= {f"{name}:{value}" for value in re.findall(r'data-value="([^"]+)"', section)}
        assert offered == set(json.loads(explore_data(site)[1])["keys"])
