"""The tracker and the page to explore as readers use them: with the script, without it, and when data does not come."""

import shutil
from urllib.parse import parse_qs, urlsplit

import pytest
import sites
from test_search import PHONE, Host, focused
from test_search import browser as browser  # noqa: PLC0414  # fixtures of ours too
from test_search import visit as visit  # noqa: PLC0414

from generator.checking import Checker
from generator.pages import explore, tracker
from generator.pipeline import Pipeline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST = """title: Primera reunión
agreements:
- {n: 1, text: Publicar la matriz., responsible: [gore-moquegua], due: 2026-03, topic: agua}
- {n: 2, text: Medir el caudal., responsible: [oefa-ejemplo], due: none, topic: agua}
- n: 3
  text: Abrir los datos.
  responsible: [gore-moquegua]
  due: none
  topic: ambiente
  updates: [{date: 2026-02, status: complete, reported_by: academia}]
"""
SECOND = """title: Segunda reunión
start: 2024-05-02
agreements: [{n: 1, text: Revisar el canal., responsible: [gore-moquegua], due: none, topic: agua}]
"""
ANCHOR = "2025-12-15-ejemplo"


def repository(folder):
    """Two meetings, two organisations, forty cases of which one is about the environment."""
    sites.make_site(
        folder,
        sites.fields(sites.BASE["minutes"], FIRST),
        sites.fields("content/minutes/2024-05-02-otra.md", SECOND),
        sites.fields("content/organizations/oefa-ejemplo.md", "name: Organismo de ejemplo\n"),
        sites.fields("cases/rio-osmore.md", "title: Ámbito del río Osmore\ntopics: [ambiente]\nresult: success\n"),
        *(
            sites.fields(f"cases/caso-{n}.md", f"title: Caso número {n}\ntopics: [agua]\nresult: mixed\n")
            for n in range(38)
        ),
    )
    shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """The same records twice: whole on one page, and below `cut/` where a page holds one meeting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        folder = repository(tmp_path_factory.mktemp("whole"))
        checked = Checker(folder).check()
        assert not checked.report.has_errors
        site = Pipeline(folder).build(checked, "public")
        patch.setattr(tracker, "PER_PAGE", 1)
        patch.setattr(explore, "AT_ONCE", 1)
        folder = repository(tmp_path_factory.mktemp("cut"))
        shutil.copytree(Pipeline(folder).build(Checker(folder).check(), "public"), site / "cut")
    with Host(site).running() as running:
        yield running


def choose(page, facet, value):
    if page.locator(".kb-filters:not([open])").count():
        page.locator(".kb-filters > summary").click()
    page.locator(f"[data-facet={facet}] [data-value='{value}']").click()


def rows(page):
    """The numbers of the agreements that are seen, with their meetings."""
    return [row.get_attribute("id") for row in page.locator("[data-keys]").all() if row.is_visible()]


def cards(page):
    return page.locator(".kb-found .kb-card-title").all_inner_texts()


def asked(page):
    return parse_qs(urlsplit(page.url).query)


def test_filters_of_the_tracker_combine_in_place_and_the_address_keeps_them(visit):
    page = visit("acuerdos/")
    assert len(rows(page)) == 4
    choose(page, "topic", "agua")
    assert rows(page) == [f"{ANCHOR}-1", f"{ANCHOR}-2", "2024-05-02-otra-1"]
    choose(page, "organization", "gore-moquegua")
    assert rows(page) == [f"{ANCHOR}-1", "2024-05-02-otra-1"]
    assert asked(page) == {"topic": ["agua"], "organization": ["gore-moquegua"]}
    assert page.locator("[role=status]:has-text('2 acuerdos')").is_visible()
    assert page.locator("[data-for]:visible").count() == 2
    choose(page, "meeting", "2024-05-02-otra")
    assert rows(page) == ["2024-05-02-otra-1"]
    assert not page.locator(f"[id='{ANCHOR}']").is_visible()
    page.go_back()
    page.go_back()
    assert len(rows(page)) == 3
    page.reload()
    assert rows(page) == [f"{ANCHOR}-1", f"{ANCHOR}-2", "2024-05-02-otra-1"]
    page.locator(".kb-chip").click()
    assert len(rows(page)) == 4
    assert not asked(page)


def test_values_of_one_filter_widen_and_the_counts_follow_the_others(visit):
    page = visit("acuerdos/?status=complete")
    count = page.locator("[data-facet=organization] [data-value=gore-moquegua] .kb-n")
    assert count.inner_text() == ""  # the filters are closed
    page.locator(".kb-filters > summary").click()
    assert count.inner_text() == "1"
    assert not page.locator("[data-value=oefa-ejemplo]").is_visible()
    choose(page, "status", "overdue")
    assert rows(page) == [f"{ANCHOR}-1", f"{ANCHOR}-3"]
    assert count.inner_text() == "2"


def test_the_language_switch_keeps_the_filters(visit, host):
    page = visit("acuerdos/?status=overdue")
    page.locator("header a[rel=alternate]").click()
    page.wait_for_url(f"{host.address}en/agreements/?status=overdue")
    assert rows(page) == [f"{ANCHOR}-1"]


def test_what_an_address_asks_for_and_is_not_here_is_left_out(visit):
    page = visit("acuerdos/?status=nonsense&topic=agua&x=%3Cb%3E")
    assert len(rows(page)) == 3


def test_the_keyboard_chooses_and_the_focus_stays(visit):
    page = visit("acuerdos/")
    page.locator(".kb-filters > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    value = focused(page, "data-value")
    page.keyboard.press("Enter")
    page.locator(".kb-filters [aria-current=true]").wait_for()
    assert focused(page, "data-value") == value
    page.locator(".kb-chip").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.kb-found-count, body')")
    assert not asked(page)


def test_without_javascript_each_filter_is_a_page(visit, host):
    page = visit("acuerdos/", PHONE, java_script_enabled=False)
    page.locator(".kb-filters > summary").click()
    page.locator("[data-value=gore-moquegua]").click()
    assert page.url == f"{host.address}acuerdos/organizacion/gore-moquegua/"
    assert rows(page) == [f"{ANCHOR}-1", f"{ANCHOR}-3", "2024-05-02-otra-1"]
    page.locator("summary", has_text="Historia").click()
    assert page.locator(".kb-updates").is_visible()
    page.locator(".kb-time a[href^='#']").first.click()
    assert page.url.endswith(f"#{ANCHOR}-1")


def test_where_the_tracker_has_several_pages_filters_combine_all_the_same(visit, host):
    page = visit("cut/acuerdos/")
    assert len(rows(page)) == 3
    choose(page, "topic", "agua")
    page.locator("[role=status]:has-text('3 acuerdos')").wait_for()
    choose(page, "organization", "gore-moquegua")
    page.locator("[role=status]:has-text('2 acuerdos')").wait_for()
    assert rows(page) == [f"{ANCHOR}-1", "2024-05-02-otra-1"]
    assert not page.locator(".kb-pages").is_visible()
    page.locator("[data-keys]:visible a[href*='organizaciones']").first.click()
    assert page.url == f"{host.address}cut/organizaciones/gore-moquegua/"
    page.go_back()
    page.locator("[role=status]:has-text('2 acuerdos')").wait_for()
    page.locator(".kb-chip-clear").click()
    page.locator(".kb-pages").wait_for()
    assert len(rows(page)) == 3
    choose(page, "meeting", "2024-05-02-otra")  # on the second page
    page.locator("[role=status]:has-text('1 acuerdo')").wait_for()
    assert rows(page) == ["2024-05-02-otra-1"]


def test_a_filter_that_does_not_come_leads_to_its_page(visit, host):
    page = visit("cut/acuerdos/", service_workers="block")  # else the worker asks, and no route sees it
    page.route(
        "**/estado/complete/",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    choose(page, "status", "complete")
    page.wait_for_url(f"{host.address}cut/acuerdos/estado/complete/")


def test_facets_combine_count_and_can_be_shared(visit):
    page = visit("explorar/")
    page.locator("[role=status]:has-text('fichas')").wait_for()
    choose(page, "topic", "agua")
    choose(page, "type", "case")
    page.locator("[role=status]:has-text('39 fichas')").wait_for()
    assert asked(page) == {"type": ["case"], "topic": ["agua"]}
    assert page.locator("[data-facet=result] [data-value=mixed] .kb-n").inner_text() == "39"
    assert page.locator("[data-facet=result] [data-value=success]").is_hidden()
    other = visit(page.url.partition("/sub/path/")[2])
    other.locator("[role=status]:has-text('39 fichas')").wait_for()
    assert cards(other) == cards(page)
    assert len(cards(page)) == 30
    page.locator("button", has_text="Mostrar más").click()
    assert len(cards(page)) == 39
    assert page.evaluate("document.activeElement.closest('.kb-card') !== null")
    page.go_back()
    page.go_back()
    page.locator("[role=status]:has-text('45 fichas')").wait_for()


def test_a_card_is_the_one_of_the_lists(visit):
    listed = visit("temas/ambiente/").locator(".kb-card.kb-case", has_text="Osmore")
    found = visit("explorar/?topic=ambiente&type=case").locator(".kb-card.kb-case", has_text="Osmore")
    found.wait_for()
    lines = [[" ".join(line.split()) for line in card.locator("p").all_text_contents()] for card in (listed, found)]
    assert lines[0] == lines[1]
    shape = "card => [...card.querySelectorAll('*:not(.kb-card-facts > span)')].map((each) => each.tagName + each.className).join()"
    assert found.evaluate(shape) == listed.evaluate(shape)
    assert found.locator("a").evaluate("a => a.href") == listed.locator("a").evaluate("a => a.href")


def test_words_are_found_without_accents_and_kept_in_the_address(visit):
    page = visit("explorar/")
    page.locator("#kb-narrow").fill("RIO ambito")
    page.locator("[role=status]:has-text('1 ficha')").wait_for()
    assert cards(page) == ["Ámbito del río Osmore"]
    assert asked(page) == {"text": ["RIO ambito"]}
    assert focused(page, "id") == "kb-narrow"
    page.reload()
    page.locator("[role=status]:has-text('1 ficha')").wait_for()
    assert page.locator("#kb-narrow").input_value() == "RIO ambito"


def test_words_that_titles_lack_lead_on_to_the_search_of_every_page(visit):
    page = visit("explorar/?text=reglas%20claras")
    page.locator("[role=status]:has-text('0 fichas')").wait_for()
    page.locator(".kb-found-head a", has_text="Buscar «reglas claras» en todo el texto").click()
    page.locator(".kb-panel").wait_for()
    assert page.locator("#kb-query").input_value() == "reglas claras"


def test_records_are_sorted_by_title_and_by_place(visit):
    page = visit("explorar/")
    page.locator("#kb-sort").select_option("title")
    page.locator("[role=status]:has-text('45 fichas')").wait_for()
    assert cards(page)[0] == "Ámbito del río Osmore"
    assert asked(page) == {"sort": ["title"]}
    page.locator("#kb-sort").select_option("place")
    assert page.locator(".kb-found .kb-card").first.get_attribute("class") == "kb-card kb-case"


def test_where_nothing_matches_it_says_what_to_loosen(visit):
    page = visit("explorar/?topic=ambiente&result=success&text=numero")
    page.locator(".kb-found-nothing").wait_for()
    assert not cards(page)
    offered = page.locator(".kb-found-nothing li").all_inner_texts()
    assert any("numero" in words and "1 ficha" in words for words in offered)
    page.locator(".kb-found-nothing a", has_text="numero").click()
    page.locator("[role=status]:has-text('1 ficha')").wait_for()
    assert cards(page) == ["Ámbito del río Osmore"]


def test_when_the_list_does_not_come_the_ways_in_stay_links(visit, host):
    page = visit("explorar/", service_workers="block")
    page.route("**/fichas.json", lambda route: route.abort())
    page.reload()
    page.locator("[role=status]:has-text('no se pudo cargar')").wait_for()
    page.locator("[data-value=ambiente]").click()
    assert page.url == f"{host.address}temas/ambiente/"


def test_of_a_big_base_nothing_is_fetched_before_a_choice(visit, host):
    page = visit("cut/explorar/")
    page.wait_for_load_state("networkidle")
    assert host.bytes_sent("fichas.json") == 0
    choose(page, "topic", "ambiente")
    page.locator(".kb-found .kb-card").first.wait_for()
    assert asked(page) == {"topic": ["ambiente"]}


def test_without_javascript_every_way_in_is_a_page(visit, host):
    page = visit("explorar/", PHONE, java_script_enabled=False)
    assert page.locator("#kb-narrow").is_hidden()
    page.locator("[data-facet=topic] [data-value=ambiente]").click()
    assert page.url == f"{host.address}temas/ambiente/"


@pytest.mark.parametrize("path", ["acuerdos/", "en/agreements/", "explorar/", "en/explore/"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, path):
    page = visit(path, PHONE)
    page.locator(".kb-filters > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.locator(".kb-filters a:visible").count() > 5
