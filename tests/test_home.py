"""The home: two sentences, a search, doors, and a way in for each profile that has something to read."""

import re
from datetime import date

import pytest
import sites

from generator.checking import Checker
from generator.library.editions import select
from generator.pages.facets import PROFILES
from generator.pages.plan import plan
from generator.pages.view import Site


def home(folder, lang="es"):
    checked = Checker(folder).check()
    site = Site(select(checked.assembly, checked.assets, "public"), lang, date(2026, 11, 23))
    made = {planned.path: planned for planned in plan(site, ())}
    return made[""].make().html, set(made)


@pytest.fixture(scope="module", params=["es", "en"])
def real(request):
    return *home(sites.ROOT, request.param), request.param


def test_the_home_begins_with_at_most_two_sentences_and_a_search(real):
    html, _, _ = real
    lead = re.search(r'<p class="kb-lead">(.*?)</p>', html, re.DOTALL)[1]
    assert 1 <= len(re.findall(r"[.?!](?:\s|$)", lead)) <= 2
    assert html.index("data-kb-search") < html.index("kb-doors")


def test_every_way_in_leads_to_a_page(real):
    html, paths, _ = real
    ways = re.findall(r'<li[^>]*><a href="([^"#?]+)"', html)
    assert len(ways) > 20
    assert set(ways) <= {path or "./" for path in paths}


def test_there_is_a_way_in_for_each_of_the_eight_profiles(real):
    html, _, lang = real
    folder = "sectores" if lang == "es" else "sectors"
    assert [found for found in PROFILES if f'href="{folder}/{found}/"' not in html] == []


def test_a_profile_without_a_record_is_no_way_in(tmp_path):
    html, _ = home(sites.make_site(tmp_path))
    assert 'href="sectores/academia/"' in html
    assert 'href="sectores/cooperacion/"' not in html
    assert "El canon, explicado" not in html, "this site has no such page"
