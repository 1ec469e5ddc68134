"""The search and the header as readers meet them: the built site below a sub-path, under a strict policy."""

import gzip
import mimetypes
import os
import re
import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
import sites

from generator import searching
from generator.checking import Checker
from generator.engine import Workshop
from generator.exports.headers import HEADERS
from generator.pipeline import Pipeline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = dict(HEADERS)["Content-Security-Policy"]
CASE = "casos/mesa-dialogo-quellaveco/"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


class Host:
    """Serves a folder as a host would, compressed, below `/sub/path/`; counts the bytes that it sends."""

    def __init__(self, folder):
        self.sent = []
        self.folder = folder
        host = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_GET(self):
                address = urlsplit(self.path).path
                path = folder / address.removeprefix("/sub/path/")
                path = path / "index.html" if path.is_dir() else path
                known = address.startswith("/sub/path/") and path.is_file()
                path = path if known else folder / ("en/404.html" if "/en/" in address else "404.html")
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                packed = kind.startswith("text/") or kind.endswith(("javascript", "json", "svg+xml"))
                data = gzip.compress(path.read_bytes(), 9) if packed else path.read_bytes()
                host.sent.append((address, len(data)))
                self.send_response(200 if known else 404)
                self.send_header("Content-Type", kind + ("; charset=utf-8" if packed else ""))
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Content-Security-Policy", POLICY)
                if packed:
                    self.send_header("Content-Encoding", "gzip")
                self.end_headers()
                self.wfile.write(data)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}/sub/path/"

    @contextmanager
    def running(self):
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def bytes_sent(self, part=""):
        return sum(size for address, size in self.sent if part in address)


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """The repository's own records as the public site."""
    folder = tmp_path_factory.mktemp("repository")
    for name in ("cases", "content", "overrides"):
        shutil.copytree(sites.ROOT / name, folder / name)
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_SITE_URL", "https://example.org/sub/path/")
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        pipeline = Pipeline(folder)
        site = pipeline.build(Checker(folder).check(), "public")
    with Host(site).running() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield opened
        opened.close()


@pytest.fixture
def visit(host, browser):
    """Opens an address in a fresh browser; afterwards no script failed and the policy blocked none."""
    contexts, problems = [], []

    def open_page(path, viewport=DESK, **options):
        # A service worker asks in the page's place, where no route of a test sees it: test_offline.py is about it.
        context = browser.new_context(viewport=viewport, **{"service_workers": "block"} | options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if "script-src" in said.text else None)
        host.sent.clear()
        page.goto(host.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def ask(page, words):
    """Types into the open search and waits for its answer."""
    page.locator("#kb-query").fill(words)
    page.locator(f".kb-panel-count:has-text('{words}')").wait_for()
    page.locator(".kb-panel:not([aria-busy])").wait_for()


def total(page):
    return int(page.locator(".kb-panel-count").first.inner_text().split()[0])


def titles(page, within=".kb-panel-found > .kb-hits"):
    return page.locator(f"{within} .kb-hit-title").all_inner_texts()


def focused(page, attribute):
    return page.evaluate("name => document.activeElement.getAttribute(name)", attribute)


def choose(page, value):
    page.locator(".kb-facet-value", has_text=value).first.locator("input").check()
    page.locator(f".kb-chip:has-text('{value}')").wait_for()
    page.locator(".kb-panel:not([aria-busy])").wait_for()


def test_no_byte_of_the_search_is_sent_before_the_reader_searches(visit, host):
    page = visit(CASE)
    page.wait_for_load_state("networkidle")
    assert host.bytes_sent("kb-search") == host.bytes_sent("pagefind") == 0
    assert host.bytes_sent() <= 110_000
    page.keyboard.press("/")
    page.locator(".kb-panel").wait_for(state="attached")
    assert host.bytes_sent("pagefind") == 0
    before = host.bytes_sent()
    ask(page, "agua")
    assert host.bytes_sent() - before <= 250_000


def test_spanish_is_found_without_accents_and_in_any_inflection(visit):
    page = visit("")
    ask(page, "minería")
    with_accent, found = total(page), titles(page)
    ask(page, "mineria")
    assert (total(page), titles(page)) == (with_accent, found)
    ask(page, "compromiso")
    one = total(page)
    ask(page, "compromisos")
    assert total(page) == one > 1


@pytest.mark.parametrize(
    ("american", "british"),
    [
        ("organization", "organisation"),
        ("organizations", "organisations"),
        ("analyzed", "analysed"),
        ("centers", "centres"),
    ],
)
def test_english_is_found_in_either_spelling(visit, american, british):
    page = visit("en/")
    ask(page, british)
    ours = total(page)
    ask(page, american)
    assert total(page) >= ours > 1
    assert page.locator(".kb-panel-note p").count() == 0


def test_a_name_that_keeps_its_american_spelling_is_found_beside_the_british_word(visit):
    page = visit("en/")
    ask(page, "labor")
    assert {"Asociación Civil Labor", "Moquegua Dialogue Table and the Quellaveco Monitoring Committee"} <= set(
        titles(page)
    )
    by_type = page.locator(".kb-facet").first.locator(".kb-facet-value:visible .kb-n").all_inner_texts()
    assert sum(map(int, by_type)) == total(page)


@pytest.mark.parametrize(
    ("typed", "meant"), [("quelaveco", "quellaveco"), ("corupcion", "corrupción"), ("transparensia", "transparencia")]
)
def test_a_mistyped_word_is_searched_as_the_nearest_that_records_hold(visit, typed, meant):
    page = visit("")
    ask(page, meant)
    found = titles(page)
    page.locator("#kb-query").fill(typed)
    note = page.locator(".kb-panel-note", has_text=f"Ninguna ficha dice «{typed}»: se buscó «{meant}».")
    note.wait_for()
    assert set(titles(page)) & set(found)


def test_a_word_that_no_record_holds_finds_nothing_and_is_left_out_of_a_question(visit):
    page = visit("")
    ask(page, "derrame")
    assert page.locator(".kb-panel-count").first.inner_text() == "Ninguna ficha coincide con «derrame»."
    assert titles(page) == []
    ask(page, "agua")
    found = total(page)
    page.locator("#kb-query").fill("derrame del agua")
    page.locator(".kb-panel-note", has_text="Ninguna ficha dice «derrame»: se buscó sin esa palabra.").wait_for()
    assert total(page) == found


def test_words_that_no_record_has_together_are_searched_without_one_of_them(visit):
    page = visit("")
    page.locator("#kb-query").fill("fideicomiso mongolia tumilaca")
    page.locator(".kb-panel-note", has_text="Ninguna ficha reúne todas esas palabras").wait_for()
    assert titles(page)


@pytest.mark.parametrize(
    ("asked", "term"),
    [("canon", "Canon"), ("Canon Minero", "Canon minero"), ("oxi", "Obras por Impuestos"), ("relave", "Relave")],
)
def test_the_definition_of_a_term_comes_first_by_its_name_or_another_one(visit, asked, term):
    page = visit("")
    ask(page, asked)
    first = page.locator(".kb-panel-found > .kb-hits > li").first
    assert first.locator(".kb-hit-facts").inner_text() == "Glosario"
    assert first.locator(".kb-hit-title").inner_text() == term
    assert "/glosario/#" in first.locator(".kb-hit-title").get_attribute("href")
    assert "Fuente" not in first.locator(".kb-hit-excerpt").inner_text()


@pytest.mark.parametrize(
    ("acronym", "name"), [("mef", "Ministerio de Economía y Finanzas"), ("aaqsa", "Anglo American Quellaveco S. A.")]
)
def test_an_organisation_comes_first_by_its_acronym(visit, acronym, name):
    page = visit("")
    ask(page, acronym)
    assert titles(page)[0] == name


def test_a_result_says_its_type_place_and_date_and_marks_what_was_asked(visit):
    page = visit("")
    ask(page, "Quellaveco Torata")
    facts = " ".join(page.locator(".kb-hit.kb-case .kb-hit-facts").first.inner_text().split())
    assert facts.startswith("Caso")
    assert " · " in facts
    assert page.locator(".kb-hit-excerpt mark").count() > 1


def test_an_excerpt_holds_no_numbers_of_sources_and_says_where_its_sentence_goes_on(visit):
    page = visit("")
    ask(page, "agua")
    excerpts = page.locator(".kb-hit-excerpt").all_inner_texts()
    assert len(excerpts) == 5
    assert not [said for said in excerpts if re.search(r"[a-zé)]\.\d", said)]
    assert not [said for said in excerpts if re.match(r"[a-zà-ÿ]", said) or said[-1] not in ".!?…"]


def test_the_keyboard_opens_walks_follows_and_closes(visit, host):
    page = visit(CASE)
    page.locator(".kb-type a").focus()
    start = focused(page, "href")
    page.keyboard.press("/")
    assert focused(page, "id") == "kb-query"
    ask(page, "relave canon")
    page.keyboard.press("ArrowDown")
    first = focused(page, "href")
    page.keyboard.press("ArrowDown")
    assert focused(page, "href") not in (None, first)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert focused(page, "id") == "kb-query"
    page.keyboard.press("Escape")
    assert page.locator(".kb-panel").is_hidden()
    assert focused(page, "href") == start
    page.keyboard.press("/")
    ask(page, "relave")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('.kb-hit-title')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{host.address}glosario/**")


def test_the_tab_key_goes_through_the_results_and_out_of_them(visit):
    page = visit("reglas/")
    page.locator("#kb-query").focus()
    ask(page, "relave")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(".kb-panel").is_hidden():
            break
    assert page.locator(".kb-panel").is_hidden()
    assert page.evaluate("document.activeElement.closest('#kb-search')") is None


def test_the_slash_can_be_typed_in_a_field_and_turned_off(visit):
    page = visit("")
    ask(page, "canon")
    page.locator("#kb-query").press("/")
    assert page.locator("#kb-query").input_value() == "canon/"
    ask(page, "canon")
    page.locator(".kb-panel-slash input").uncheck()
    page.reload()
    page.keyboard.press("/")
    assert focused(page, "id") != "kb-query"


def test_facets_combine_count_and_clear(visit):
    page = visit("")
    ask(page, "agua")
    everything = total(page)
    choose(page, "Caso")
    cases = total(page)
    counted = page.locator(".kb-facet-value", has_text="Caso").first.locator(".kb-n").inner_text()
    assert cases == int(counted) < everything
    choose(page, "Buena práctica")
    both = total(page)
    assert cases < both < everything
    choose(page, "2022")
    assert 0 < total(page) < both
    page.locator(".kb-chip-clear").click()
    page.locator(f".kb-panel-count:has-text('{everything} ')").wait_for()
    assert focused(page, "id") == "kb-query"


def test_the_search_speaks_the_language_of_the_page_and_offers_the_other(visit):
    page = visit("en/cases/mesa-dialogo-quellaveco/")
    ask(page, "water")
    assert all("/sub/path/en/" in link.get_attribute("href") for link in page.locator(".kb-hit-title").all())
    page.locator("#kb-query").fill("agua potable")
    page.locator(".kb-panel-note", has_text="potable").wait_for()
    page.locator("button", has_text="Search in Spanish too").click()
    link = page.locator(".kb-panel-other .kb-hit-title").first
    link.wait_for()
    assert "/en/" not in link.get_attribute("href")
    assert page.locator(".kb-panel-other .kb-hits").get_attribute("lang") == "es"


def test_where_nothing_matches_the_lists_and_the_other_language_are_offered(visit):
    page = visit("")
    ask(page, "qzxvwk")
    nothing = page.locator(".kb-panel-nothing")
    assert nothing.locator("a[href$='/sub/path/casos/']").count() == 1
    assert page.locator("button", has_text="Buscar también en inglés").is_visible()


def test_the_number_of_results_is_announced_once_the_reader_pauses(visit):
    page = visit("")
    ask(page, "canon")
    said = page.locator("#kb-search [role=status]:has-text('resultados para «canon»')")
    said.wait_for(state="attached")
    assert page.locator("#kb-query").get_attribute("aria-label")


def test_on_a_phone_the_search_takes_the_whole_width_and_gives_the_page_back(visit):
    page = visit(CASE, PHONE)
    assert not page.locator("#kb-query").is_visible()
    page.locator("[data-kb-search-open]").click()
    assert focused(page, "id") == "kb-query"
    ask(page, "agua")
    assert page.locator(".kb-panel").bounding_box()["width"] == PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.locator("[data-kb-search-open]").click()
    assert page.locator(".kb-panel").is_hidden()
    assert page.locator(".kb-brand").is_visible()


def test_without_javascript_the_field_leads_to_the_ways_in(visit, host):
    page = visit(CASE, PHONE, java_script_enabled=False)
    page.locator("#kb-query").fill("agua")
    page.locator("#kb-query").press("Enter")
    assert page.url == f"{host.address}explorar/?q=agua"
    assert page.locator("noscript p", has_text="hace falta JavaScript").is_visible()
    assert page.locator("#kb-nav").is_visible()


def test_an_address_can_hold_a_search(visit):
    page = visit("explorar/?q=relave")
    page.locator(".kb-hit").first.wait_for()
    assert page.locator("#kb-query").input_value() == "relave"


def test_a_missing_page_searches_at_any_depth(visit, host):
    page = visit("en/no/such/page/")
    assert page.locator("h1").inner_text() == "We could not find this page"
    page.locator("#kb-find").fill("canon")
    page.locator("#kb-find").press("Enter")
    page.locator(".kb-hit").first.wait_for()
    assert page.locator(".kb-brand").get_attribute("href").startswith("/sub/path/en/")


def test_a_lost_connection_is_said_and_mended_by_trying_again(visit):
    page = visit("")
    page.route("**/pagefind/**", lambda route: route.abort())
    page.locator("#kb-query").fill("agua")
    page.locator(".kb-panel-nothing:has-text('no se pudo cargar')").wait_for()
    page.unroute("**/pagefind/**")
    ask(page, "agua potable")
    assert total(page) > 0


def test_a_search_that_never_came_says_so_until_it_comes(visit):
    page = visit("", PHONE)
    page.route("**/kb-words.js*", lambda route: route.abort())
    page.locator("[data-kb-search-open]").click()
    lost = page.locator(".kb-lost", has_text="La búsqueda no se pudo cargar")
    lost.wait_for()
    page.locator("[data-kb-search-open]").click()
    lost.wait_for(state="hidden")
    # It has closed once that attempt has failed too; until then, another touch would only close it again.
    page.locator("html:not(.kb-searching)").wait_for()
    page.unroute("**/kb-words.js*")
    page.locator("[data-kb-search-open]").click()
    page.locator("#kb-query").fill("agua")
    page.keyboard.press("Enter")
    page.locator(".kb-hit").first.wait_for()
    assert lost.count() == 0


def test_the_language_switch_leads_to_the_same_page(visit, host):
    page = visit(CASE)
    page.locator(".kb-strip a[hreflang=en]").click()
    assert page.url == f"{host.address}en/cases/mesa-dialogo-quellaveco/"
    page.locator(".kb-strip a[hreflang=es]").click()
    assert page.url == f"{host.address}{CASE}"


def test_the_colours_follow_the_system_until_the_reader_chooses(visit):
    page = visit("", color_scheme="dark")
    button = page.locator("[data-kb-scheme]")
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.locator("[data-kb-scheme]").click()
    assert page.evaluate("localStorage.length") == 0


def test_the_skip_link_leads_past_the_header(visit):
    page = visit(CASE)
    page.keyboard.press("Tab")
    assert page.locator(".kb-skip").is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#contenido')")


def test_an_index_in_several_bundles_is_searched_as_one(visit, host, monkeypatch):
    shutil.move(host.folder / "pagefind", host.folder / "pagefind-kept")
    shop = Workshop(host.folder.parent / "build/build/public/es", "es")
    staged = [path.relative_to(shop.docs).as_posix() for path in shop.docs.rglob("*.md")]
    found = {}
    try:
        for size in (10_000, 40):
            monkeypatch.setattr(searching, "PAGES_A_BUNDLE", size)
            searching.index_for_search(shop, searching.bundles_of(shop.docs, staged))
            shutil.copytree(shop.search, host.folder / "pagefind", dirs_exist_ok=True)
            assert (host.folder / "pagefind/2/pagefind-entry.json").is_file() == (size == 40)
            page = visit("")
            page.keyboard.press("/")
            for words in ("agua", "ahafo", "oyu tolgoi"):
                ask(page, words)
                found[size, words] = total(page), titles(page)[0]
    finally:
        shutil.rmtree(host.folder / "pagefind")
        shutil.move(host.folder / "pagefind-kept", host.folder / "pagefind")
    # A bundle that lacks a rare word offers what begins like it: more results, further down.
    assert found[10_000, "agua"][0] == found[40, "agua"][0]
    for size in (10_000, 40):
        assert "Ahafo" in found[size, "ahafo"][1]
        assert "Oyu Tolgoi" in found[size, "oyu tolgoi"][1]
