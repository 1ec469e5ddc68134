"""Each rule's page is its documentation, its fixture and its test."""

import pytest
import sites

from generator.base.text import LANGUAGES
from generator.pages.rule_pages import FAMILIES
from generator.rulebook import FOLDER, all_rules, explain, rule_page

RULES = all_rules()


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == [f"{rule.code}-{rule.name}" for rule in RULES]


def test_codes_and_names_are_unique():
    assert len({rule.name for rule in RULES}) == len(RULES) == len({rule.code for rule in RULES})
    assert {rule.code[2] for rule in RULES} <= set(FAMILIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_bad_example_prints_exactly_what_the_page_shows_in_both_languages(rule, tmp_path):
    page = rule_page(rule)
    folder = sites.make_site(tmp_path, *page.bad)
    for lang in LANGUAGES:
        printed = sites.findings(folder, lang)
        assert f"[{rule.code}]" in printed
        assert printed == page.output.to(lang)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_good_example_prints_nothing(rule, tmp_path):
    page = rule_page(rule)
    assert page.good, "a page without a good example teaches nothing"
    assert sites.check(tmp_path, page.good) == ""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_says_why_in_both_languages(rule):
    page = rule_page(rule)
    assert (page.code, page.name) == (rule.code, rule.name)
    for lang in LANGUAGES:
        assert len(page.why.to(lang)) > 60
        assert page.why.to(lang) in explain(rule, lang)
