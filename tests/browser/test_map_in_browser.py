"""The map and the balance of voices as readers meet them, on a phone and at a desk, under a strict policy."""

import math

import pytest
from test_search import DESK, PHONE, browser, host  # noqa: F401  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = ("mapa/", "en/map/", "equilibrio/", "en/balance/")


@pytest.fixture
def page(browser, request):  # noqa: F811
    opened = browser.new_page(viewport=getattr(request, "param", PHONE))
    told = []
    opened.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert told == [], "nothing is against the policy"


@pytest.mark.parametrize("page", [PHONE, DESK], indirect=True, ids=["phone", "desk"])
@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_never_wider_than_the_screen(page, host, address):  # noqa: F811
    page.goto(host.address + address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", [PHONE, DESK], indirect=True, ids=["phone", "desk"])
def test_each_spot_can_be_touched_and_none_covers_another(page, host):  # noqa: F811
    page.goto(host.address + "mapa/")
    for drawing in page.locator(".kb-map").all():
        boxes = [spot.bounding_box() for spot in drawing.locator(".kb-spot-target").all()]
        assert boxes
        assert all(min(box["width"], box["height"]) >= 24 for box in boxes)
        centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
        assert all(math.dist(a, b) >= 24 for a in centres for b in centres if a is not b)


def test_a_spot_leads_by_keyboard_to_its_records_in_the_list(page, host):  # noqa: F811
    page.goto(host.address + "mapa/")
    spot = page.locator(".kb-spot[href^='#']").first
    anchor = spot.get_attribute("href")
    before = page.locator(".kb-spot").evaluate_all("spots => spots.map(spot => spot.getAttribute('aria-label'))")
    assert all(before), "each says where it leads"
    spot.focus()
    assert page.evaluate("document.activeElement.matches('.kb-spot:focus-visible')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{anchor}")
    assert page.locator(f"{anchor} h3").is_visible()


def test_what_the_map_holds_reads_without_scripts(browser, host):  # noqa: F811
    plain = browser.new_page(java_script_enabled=False, viewport=PHONE)
    plain.goto(host.address + "mapa/")
    assert plain.locator(".kb-spot").count() >= 5
    assert plain.locator(".kb-spots li").count() >= 14
    plain.close()


def test_the_map_is_small(page, host):  # noqa: F811
    page.goto(host.address + "mapa/")
    sizes = dict(host.sent)
    assert 0 < sizes["/sub/path/mapa/"] <= 60_000
