"""Sharing and keeping as readers meet them: the built site below a sub-path, with and without a connection."""

import shutil
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
import sites
from test_search import DESK, PHONE, Host, browser  # noqa: F401  # one way to start a browser and a host

from generator.checking import Checker
from generator.pipeline import Pipeline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "casos/mesa-ejemplo/"
STAGES = ("old", "new", "members")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small site, the same with other words and other colours, and its members' edition."""
    repository = tmp_path_factory.mktemp("repository")
    sites.make_site(repository)
    shutil.copy(sites.ROOT / "mkdocs.yml", repository)
    shutil.copytree(sites.ROOT / "overrides", repository / "overrides")
    kept = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        patch.setenv("KB_SITE_URL", "https://example.org/sub/path/")
        pipeline = Pipeline(repository)
        shutil.copytree(pipeline.build(Checker(repository).check(), "public"), kept / "old")
        case, css = repository / sites.BASE["case"], repository / "overrides/assets/kb.css"
        case.write_text(case.read_text("utf-8").replace("Monitoreo del agua", "Vigilancia del agua"), "utf-8")
        css.write_text(css.read_text("utf-8") + "\n.kb-lead { letter-spacing: 3px; }\n", "utf-8")
        shutil.copytree(pipeline.build(Checker(repository).check(), "public"), kept / "new")
        shutil.copytree(pipeline.build(Checker(repository).check(), "members"), kept / "members")
    return kept


@pytest.fixture
def host(built, tmp_path):
    """Serves the old site; `down` says whether there is a connection; `publish` puts another site in its place."""

    class Failing(Host):
        down = False

        def publish(self, stage):
            shutil.rmtree(tmp_path / "site", ignore_errors=True)
            shutil.copytree(built / stage, tmp_path / "site")

    host = Failing(tmp_path / "site")
    answer = host._server.RequestHandlerClass.do_GET

    def get(handler):
        handler.close_connection = True
        if not host.down:
            answer(handler)

    host._server.RequestHandlerClass.do_GET = get
    host.publish("old")
    with host.running():
        yield host


@pytest.fixture
def phone(browser):  # noqa: F811
    with reader(browser, PHONE) as context:
        yield context


@contextmanager
def reader(browser, viewport, **options):  # noqa: F811
    context = browser.new_context(viewport=viewport, **options)
    problems = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield context
    context.close()
    assert problems == []


def opened(context, host, path=""):
    """A page after the worker, if there is one, has done what it does."""
    page = context.new_page()
    page.goto(host.address + path)
    return page


def held(page):
    """The addresses that the browser keeps, by cache."""
    return page.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(
          async (name) => [name, (await (await caches.open(name)).keys()).map(({ url }) => url)])))"""
    )


def until(true):
    """Waits until something holds: what a worker does has no event that a page sees."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came true")


def kept(page, words):
    until(lambda: any(url.endswith(words) for urls in held(page).values() for url in urls))


def said(page, words):
    page.locator(f".kb-share-said:has-text('{words}')").wait_for()


def spacing(page):
    return page.locator(".kb-lead").first.evaluate("each => getComputedStyle(each).letterSpacing")


def test_a_text_and_a_link_are_copied_by_keyboard_and_the_reader_is_told(browser, host):  # noqa: F811
    with reader(browser, DESK, permissions=["clipboard-read", "clipboard-write"]) as context:
        page = opened(context, host, CASE)
        button = page.get_by_role("button", name="Copiar texto")
        button.focus()
        page.keyboard.press("Enter")
        said(page, "Texto copiado.")
        copied = page.evaluate("navigator.clipboard.readText()")
        title, summary, address = copied.split("\n\n")
        assert title == "*Monitoreo del agua en el valle*"
        assert summary
        assert address == f"https://example.org/sub/path/{CASE}"
        assert len(copied) <= 700
        link = page.get_by_role("link", name="Enviar por WhatsApp").get_attribute("href")
        assert parse_qs(urlsplit(link).query)["text"] == [copied]
        page.get_by_role("button", name="Copiar enlace").click()
        said(page, "Enlace copiado.")
        assert page.evaluate("navigator.clipboard.readText()") == address


def test_the_phones_own_list_is_offered_only_where_there_is_one(phone, host):
    page = opened(phone, host, CASE)
    page.locator("[data-kb-save]").wait_for()
    assert page.locator("[data-kb-send]").is_visible() == page.evaluate("Boolean(navigator.share)")
    phone.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    page.reload()
    page.get_by_role("button", name="Compartir…").click()
    assert page.evaluate("shared.text").startswith("*Monitoreo del agua en el valle*")
    assert not page.get_by_role("button", name="Copiar enlace").is_visible()


def test_without_javascript_only_the_plain_link_is_there(browser, host):  # noqa: F811
    with reader(browser, PHONE, java_script_enabled=False) as context:
        page = opened(context, host, CASE)
        part = page.locator(".kb-share")
        assert part.locator("a:visible").count() == 1
        assert part.locator("button:visible").count() == 0
        assert part.locator("a:visible").get_attribute("href").startswith("https://wa.me/?text=%2AMonitoreo")


def test_the_first_page_visited_opens_without_a_connection_and_looks_the_same(phone, host):
    page = opened(phone, host, CASE)
    kept(page, CASE)
    kept(page, "guardadas/")
    lead = page.locator(".kb-lead").first.evaluate("each => getComputedStyle(each).fontSize")
    host.down = True
    page.reload()
    assert page.locator("h1").inner_text() == "Monitoreo del agua en el valle"
    assert page.locator(".kb-lead").first.evaluate("each => getComputedStyle(each).fontSize") == lead
    assert "page-missing" not in page.url


def test_what_was_visited_is_listed_in_its_own_language(phone, host):
    page = opened(phone, host, "en/glossary/")
    kept(page, "en/glossary/")
    page.goto(f"{host.address}en/cases/mesa-ejemplo/")
    kept(page, "en/cases/mesa-ejemplo/")
    page.goto(f"{host.address}guardadas/")
    listed = page.locator("[data-kb-kept] ul a")
    told = "all => Object.fromEntries(all.map(({ textContent, lang }) => [textContent, lang]))"
    expected = {"Glossary": "en", "Monitoreo del agua en el valle": "es"}
    until(lambda: listed.evaluate_all(told).items() >= expected.items())


def test_a_page_that_is_not_there_leads_to_the_list_of_what_is(phone, host):
    page = opened(phone, host, CASE)
    kept(page, CASE)
    kept(page, "guardadas/")
    host.down = True
    page.goto(host.address + "glosario/")
    assert page.url == host.address + "guardadas/?missing"
    page.get_by_text("este aparato no tiene la página").wait_for()
    page.get_by_role("link", name="Monitoreo del agua en el valle").click()
    page.wait_for_url(f"**/{CASE}")
    assert page.locator("h1").inner_text() == "Monitoreo del agua en el valle"


def test_a_saved_list_holds_its_records_and_can_be_taken_away(phone, host):
    page = opened(phone, host, "casos/")
    page.get_by_role("button", name="Guardar estas fichas sin conexión").click()
    said(page, "Guardado")
    page.get_by_role("link", name="Ver lo guardado").click()
    page.get_by_role("link", name="Casos").first.wait_for()
    host.down = True
    page.goto(host.address + CASE)
    assert page.locator("h1").inner_text() == "Monitoreo del agua en el valle"
    host.down = False
    page.goto(host.address + "casos/")
    page.get_by_role("button", name="Quitar de lo guardado").click()
    said(page, "Quitado")
    assert not any("saved" in name for name in held(page))


def test_a_changed_site_is_shown_at_once_and_what_was_saved_does_not_mix_with_it(phone, host):
    page = opened(phone, host, CASE)
    page.get_by_role("button", name="Guardar sin conexión").click()
    said(page, "Guardado")
    assert spacing(page) == "normal"
    visited, saved = sorted(held(page), key=lambda name: "saved" in name)
    host.publish("new")
    other = opened(phone, host, "buenas-practicas/")  # the new worker takes over on whatever page comes first
    assert spacing(other) == "3px"
    until(lambda: visited not in held(other))
    host.down = True
    page.goto(host.address + CASE)  # saved before the change: its old words in its old clothes
    assert page.locator("h1").inner_text() == "Monitoreo del agua en el valle"
    assert spacing(page) == "normal"
    host.down = False
    page.goto(host.address + CASE)
    assert page.locator("h1").inner_text() == "Vigilancia del agua en el valle"
    assert spacing(page) == "3px"
    page.get_by_role("button", name="Quitar de lo guardado").wait_for()
    until(lambda: sum("kb.css" in url for url in held(page)[saved]) > 1)
    host.down = True
    page.reload()  # it was saved anew when it was visited
    assert page.locator("h1").inner_text() == "Vigilancia del agua en el valle"
    assert spacing(page) == "3px"


def test_the_members_edition_keeps_nothing_and_takes_away_what_was_kept(phone, host):
    page = opened(phone, host, CASE)
    page.get_by_role("button", name="Guardar sin conexión").click()
    said(page, "Guardado")
    host.publish("members")
    page.goto(host.address + CASE)
    registrations = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    until(lambda: page.evaluate(registrations) == 0)
    until(lambda: not any(url.endswith("/") for urls in held(page).values() for url in urls))
    until(
        lambda: page.goto(host.address + "casos/") and held(page) == {}
    )  # an asset may have been on its way to the old worker
    assert page.locator("[data-kb-save]").count() == 0
    assert page.request.get(host.address + "sw.js").status == 404


def test_a_public_worker_above_a_members_site_keeps_none_of_it(phone, host, built, tmp_path):
    shutil.copytree(built / "members", tmp_path / "site/miembros")
    page = opened(phone, host, CASE)
    kept(page, CASE)
    page.goto(f"{host.address}miembros/{CASE}")
    page.wait_for_load_state("networkidle")
    page.goto(host.address + "casos/")
    kept(page, "casos/")
    urls = [url for urls in held(page).values() for url in urls]
    assert [url for url in urls if "/miembros/" in url and "?v=" not in url] == []
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 1


def test_the_search_index_is_never_kept(phone, host):
    page = opened(phone, host, CASE)
    kept(page, CASE)
    page.reload()
    page.evaluate("fetch('../../pagefind/pagefind-entry.json')")
    page.wait_for_load_state("networkidle")
    kept(page, CASE)
    assert "pagefind" not in str(held(page))
