"""The real records on a phone: what only their length and number show."""

import pytest
from test_search import PHONE, Host
from test_search import browser as browser  # noqa: PLC0414  # fixtures of ours too
from test_search import visit as visit  # noqa: PLC0414

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CASE = "casos/mesa-dialogo-quellaveco/"


@pytest.fixture(scope="module")
def host(real_site):
    with Host(real_site).running() as running:
        yield running


@pytest.mark.parametrize("path", ["equilibrio/", "en/balance/"])
def test_the_balance_shows_all_its_numbers_on_a_phone(visit, path):
    page = visit(path, PHONE)
    hidden = page.locator(".kb-scroll").evaluate_all("parts => parts.map(part => part.scrollWidth - part.clientWidth)")
    assert hidden == [0] * 5


def test_agreements_without_news_take_no_empty_lines_on_a_phone(visit):
    page = visit("acuerdos/", PHONE)
    silent = page.locator(".kb-table tbody tr:has(.kb-what):not(:has(details))").first
    assert silent.locator(".kb-cell:visible").all_inner_texts() == ["Estado", "Responsable", "Plazo"]
    named = page.locator(".kb-table td:nth-child(4) abbr").first
    shown = named.evaluate("abbr => getComputedStyle(abbr, '::after').content")
    assert "attr(title)" in shown or named.get_attribute("title") in shown
    told = page.locator(".kb-table tbody tr:has(details)").first
    assert "Evidencia" in told.locator(".kb-cell:visible").all_inner_texts()


def test_a_citation_is_copied_in_words_and_for_a_reference_manager(visit, host):
    # Copying is for pages of a secure origin: 127.0.0.1 is one.
    page = visit(CASE, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".kb-toc a", has_text="Citar y enviar").click()
    page.locator("[data-kb-cite]").click()
    page.locator(".kb-share-said", has_text="Cita copiada.").wait_for()
    address = f"https://conocimiento-moquegua.example/{CASE}"
    words = page.evaluate("navigator.clipboard.readText()")
    assert words.startswith("Equipo editorial de la base de conocimiento (2026, ")
    assert words.endswith(f"Gobernanza de la minería en Moquegua. {address}")
    before = len(host.sent)
    page.evaluate("navigator.clipboard.writeText('')")
    page.locator("[data-kb-bibtex]").click()
    entry = page.evaluate("""async () => {
      let text = "";
      for (let tries = 0; tries < 100 && !text; tries += 1) {
        await new Promise((done) => setTimeout(done, 50));
        text = await navigator.clipboard.readText();
      }
      return text;
    }""")
    assert entry.startswith("@misc{mesa-dialogo-quellaveco-es,")
    assert entry.endswith("}")
    assert f"url = {{{address}}}" in entry
    assert [path for path, _ in host.sent[before:]] == ["/sub/path/referencias.bib"]
