"""A page as readers of every kind use it: found nothing by axe, no sideways scroll, terms and sources by key and finger."""

import re
import shutil
from pathlib import Path

import pytest
import sites
from playwright.sync_api import expect
from test_search import DESK, PHONE, Host, browser  # noqa: F401  # one way to start a browser and a host

from generator.checking import Checker
from generator.pipeline import Pipeline

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "casos/mesa-larga/"
TEXT = """---

## Contexto

El canon minero creció [1]. Lo dice la tabla [2].

| Año | Monto | Quién lo informa | Cómo se midió | Qué falta saber |
|---|---|---|---|---|
| 2019 | S/ 1 millón | Municipalidad | Presupuesto | Cuánto se ejecutó |

## Qué se hizo

Se reunió la mesa. Alguien citó otra vez la primera fuente [1].

## Resultados

Algo.

## Lecciones

1. Conviene escribir las reglas.
"""
FIELDS = """title: Una mesa larga
sources:
  - {title: Informe anual, url: "https://example.org/a", sector: academia}
  - {title: "¿Quién decide?", url: "https://example.org/b", sector: medios}
perspectives:
  - {sector: academia, text: Faltan datos., source: 1}
  - {sector: medios, text: Se supo tarde., source: 2}
money: [{concept: canon, amount: 1234567.5, currency: PEN, year: 2020, note: Lo transferido, source: 1}]
corruption_risks: [{risk: opacidad, where: En la lista de proveedores, claim: riesgo}]
disagreements: [{about: La fecha, versions: [{text: Fue en enero, source: 1}, {text: Fue en marzo}]}]
unknowns: [{kind: open-question, text: No se vio el acta.}]
transferability: Sirve donde haya secretaría.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = sites.make_site(tmp_path_factory.mktemp("repository"), sites.fields("cases/mesa-larga.md", FIELDS + TEXT))
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_SITE_URL", "https://example.org/sub/path/")
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        return Path(Pipeline(folder).build(Checker(folder).check(), "public"))


@pytest.fixture(scope="module")
def host(site):
    with Host(site).running() as running:
        yield running


@pytest.fixture(scope="module")
def kinds(site):
    """The address of the longest page of each kind, in each language."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        if path.parent.name in ("abrir", "open"):
            continue  # the web editor is a program of its own
        html = path.read_text("utf-8")
        key = (re.search(r'<html lang="(\w+)"', html)[1], re.search(r"kb-main-(\w+)", html)[1])
        if len(html) > found.get(key, (0, ""))[0]:
            found[key] = (len(html), path.relative_to(site).as_posix().removesuffix("index.html"))
    assert len(found) > 30
    return [address for _, (_, address) in sorted(found.items())]


@pytest.fixture
def page(browser, host):  # noqa: F811
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    problems = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.set_default_timeout(5000)
    opened = context.new_page()
    opened.goto(host.address + CASE)
    yield opened
    context.close()
    assert problems == []


LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def test_axe_finds_nothing_on_a_page_of_each_kind(page, host, kinds):
    package = pytest.importorskip("axe_playwright_python", reason="axe is not installed (pip install -e .[dev])")
    axe = Path(package.__file__).with_name("axe.min.js").read_text("utf-8")
    for address in kinds:
        page.goto(host.address + address)
        page.evaluate(axe)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            # In the dark only the colours are others.
            for scheme, only in (("light", LEVELS), ("dark", ["cat.color"])):
                page.emulate_media(color_scheme=scheme)
                found = page.evaluate("runOnly => axe.run({ runOnly, resultTypes: ['violations'] })", only)
                assert found["passes"]
                said = [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]
                assert said == [], (address, scheme, size["width"])


def test_no_page_moves_sideways_on_the_narrowest_phone_or_with_text_at_twice_its_size(page, host, kinds):
    for address in kinds:
        page.goto(host.address + address)
        for width in (320, DESK["width"] // 2):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_the_first_key_leads_past_the_menu_and_what_has_the_focus_is_seen(page):
    page.set_viewport_size(DESK)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Saltar al contenido"
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("each => Boolean(each.closest('#contenido'))")
    assert focused.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"


TERM = "[data-definition]"
SHOWN = "each => getComputedStyle(each, '::after').content"


def told(page):
    return page.locator(TERM).first.evaluate(SHOWN) != "none"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_term_shows_its_definition_to_the_pointer_and_the_focus_within_the_window(browser, host, scripts):  # noqa: F811
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts, reduced_motion="reduce")
    page = context.new_page()
    page.goto(host.address + CASE)
    term = page.locator(TERM).first
    assert not told(page)
    term.hover()
    assert told(page)
    page.mouse.move(0, 0)
    assert not told(page)
    term.focus()
    assert told(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    term.press("Enter")
    page.wait_for_url("**/glosario/#canon")
    context.close()


def test_escape_hides_a_definition_until_the_term_is_left(page):
    term = page.locator(TERM).first
    term.hover()
    page.keyboard.press("Escape")
    assert not told(page)
    page.mouse.move(0, 0)
    term.hover()
    assert told(page)


def test_a_finger_sees_the_definition_first_and_follows_the_link_with_the_second_touch(browser, host):  # noqa: F811
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(host.address + CASE)
    page.locator(TERM).first.tap()
    assert told(page)
    assert page.url.endswith(CASE)
    page.locator("h1").tap()
    assert page.locator(".kb-told").count() == 0
    page.locator(TERM).first.tap()
    page.locator(TERM).first.tap()
    page.wait_for_url("**/glosario/#canon")
    context.close()


def test_paper_carries_no_buttons_and_keeps_each_unknown_whole(page):
    page.locator(".kb-citing button").first.wait_for()
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    assert page.locator(".kb-gaps li").first.evaluate("it => getComputedStyle(it).breakInside") == "avoid"


def test_a_source_leads_back_to_the_very_place_that_cited_it(page):
    page.locator('#que-se-hizo ~ p [href="#fuente_1"]').first.click()
    assert page.url.endswith("#fuente_1")
    page.locator("#fuente_1 .kb-back").press("Enter")
    assert page.evaluate("document.querySelector(':target').closest('p').textContent").startswith("Se reunió la mesa")
    page.locator('#contexto ~ p [href="#fuente_2"]').first.click()
    assert page.locator(".kb-back").count() == 1
    page.locator(".kb-back").press("Enter")
    assert page.evaluate("document.querySelector(':target').closest('p').textContent").startswith("El canon minero")


def test_the_list_of_sections_covers_nothing_until_the_fact_sheet_was_read(page):
    jump = page.locator(".kb-jump summary")
    assert not jump.is_visible()
    page.locator("#resultados").scroll_into_view_if_needed()
    page.locator(".kb-sheet").evaluate("each => scrollTo(0, scrollY + each.getBoundingClientRect().bottom + 10)")
    jump.wait_for(state="visible")
    jump.click()
    page.get_by_role("link", name="Fuentes").last.click()
    assert page.url.endswith("#ficha_fuentes")


def test_a_wide_table_says_that_it_goes_on_and_moves_by_keyboard(page):
    table = page.get_by_role("region", name="Tabla 1")
    table.focus()
    page.keyboard.press("ArrowRight")
    expect(table).not_to_have_js_property("scrollLeft", 0)
