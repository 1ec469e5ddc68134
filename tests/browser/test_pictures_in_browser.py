"""Pictures as readers' devices fetch them: the copy that fits, when it is nearly in view, and one of them offline."""

import time

import pytest
from playwright.sync_api import expect
from test_pictures import garden
from test_search import DESK, PHONE, Host, browser  # noqa: F401  # one way to start a browser and a host

from generator.checking import Checker
from generator.pipeline import Pipeline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "casos/agua/"
TOP = ".kb-image img"
SHOWN = "image => image.complete && image.naturalWidth"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = garden(tmp_path_factory.mktemp("garden"))
    case = folder / "cases/agua.md"
    long = "\n\n".join(["Un texto largo. " * 90] * 9) + "\n\n![De lejos](agua/lejos.jpg)\n\n## Qué se hizo"
    case.write_text(case.read_text("utf-8").replace("## Qué se hizo", long), "utf-8")
    (folder / "cases/agua/lejos.jpg").write_bytes((folder / "cases/reservado/valle.jpg").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        return Pipeline(folder).build(Checker(folder).check(), "public")


@pytest.fixture
def host(built):
    with Host(built).running() as running:
        yield running


@pytest.mark.parametrize(
    ("viewport", "points", "wanted"), [(PHONE, 1, 480), (PHONE, 2, 720), (PHONE, 3, 1080), (DESK, 2, 1440)]
)
def test_a_device_fetches_the_copy_that_fits_and_only_what_is_nearly_in_view(browser, host, viewport, points, wanted):  # noqa: F811
    context = browser.new_context(viewport=viewport, device_scale_factor=points, service_workers="block")
    page = context.new_page()
    page.goto(host.address + CASE, wait_until="networkidle")
    fetched = {address.rpartition("/")[2] for address, _ in host.sent}
    assert f"valle.jpg.{wanted}.webp" in fetched
    assert not {name for name in fetched if name.endswith(".jpg") or "lejos" in name}
    page.locator("img[src$='lejos.jpg']").scroll_into_view_if_needed()
    expect(page.locator("img[src$='lejos.jpg']")).to_have_js_property("complete", value=True)
    page.wait_for_function("document.querySelector('img[src$=\"lejos.jpg\"]').currentSrc.endsWith('.webp')")
    context.close()


def test_nothing_moves_when_a_picture_arrives(browser, host):  # noqa: F811
    context = browser.new_context(viewport=PHONE, service_workers="block")
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => {"
        " for (const { value } of list.getEntries()) moved += value; }).observe({ type: 'layout-shift', buffered: true });"
    )
    page = context.new_page()
    page.route("**/*.webp", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto(host.address + CASE, wait_until="networkidle")
    assert page.locator(TOP).evaluate(SHOWN)
    assert page.evaluate("moved") == 0
    context.close()


def test_a_saved_record_shows_its_pictures_without_a_connection_on_a_wider_window_too(browser, built):  # noqa: F811
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    with Host(built).running() as host:
        host._server.RequestHandlerClass.protocol_version = "HTTP/1.0"  # no connection outlives the host
        page.goto(host.address + CASE)
        host.sent.clear()
        page.locator("[data-kb-save]").click()
        expect(page.locator(".kb-share-said")).to_contain_text("Guardado")
        fetched = {address.rpartition("/")[2] for address, _ in host.sent}
        assert "lejos.jpg.720.webp" in fetched
        assert not {name for name in fetched if name.endswith((".jpg", ".1080.webp"))}
    page.set_viewport_size(DESK)
    page.goto(host.address + CASE)
    assert page.locator(TOP).evaluate("image => image.currentSrc").endswith(".1440.webp")
    page.wait_for_function(f"({SHOWN})(document.querySelector('{TOP}'))")
    context.close()
