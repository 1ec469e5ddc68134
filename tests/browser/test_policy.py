"""Every kind of page works under the site's own policy: nothing is refused, so nothing on the page needed more."""

import pytest
import test_search
from test_search import browser, host  # noqa: F401  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def one_of_each(site):
    """The first page of every folder of each language, and the pages that stand alone."""
    seen = {}
    for path in sorted(site.rglob("*.html")):
        place = path.relative_to(site)
        if path.parent.name in ("abrir", "open"):
            continue  # the web editor's page says a policy of its own
        seen.setdefault((place.parts[:-2] if place.name == "index.html" else place.parts), place)
        if len(place.parts) == (3 if place.parts[0] == "en" else 2):
            seen[place.parts] = place
    return sorted(place.as_posix() for place in seen.values())


def test_no_page_of_any_kind_breaks_the_policy(host, browser):  # noqa: F811
    context = browser.new_context()
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective + e.blockedURI))"
    )
    said, asked = [], []
    context.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    places = one_of_each(host.folder)
    assert len(places) > 40
    for place in places:
        page.goto(host.address + place.removesuffix("index.html"))
        assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1 or "http-equiv" in page.content()
        assert said == [], place
    assert [url for url in asked if not url.startswith(host.address)] == []
    page.goto(host.address)
    test_search.ask(page, "agua")
    assert test_search.total(page) > 0
    page.goto(f"{host.address}en/")
    test_search.ask(page, "water")
    assert test_search.total(page) > 0
    assert said == []
    context.close()
