"""The web editor's forms: every field in both languages, its words to choose from, and nothing that is not public."""

import json
import re

import pytest
import sites

from generator.base.text import LANGUAGES, Text
from generator.checking import Checker
from generator.editors.web import INTEGRITY, POLICY, SCRIPT, config
from generator.exports.export import Exported
from generator.exports.web_editor import export
from generator.library.editions import select
from generator.model.fields import about_of, part_of
from generator.model.translation import translation_of
from generator.records import RECORD_CLASSES

REPO = "https://github.com/example/base"
CLASSES = [cls for cls in RECORD_CLASSES if cls.kind.name != "page"]


@pytest.fixture
def library(tmp_path):
    closed = sites.changed(
        next(cls for cls in RECORD_CLASSES if cls.kind.name == "organization"),
        "name: Canario de miembros\nvisibility: members\n",
    )
    folder = sites.make_site(tmp_path, sites.file("content/organizations/canario.md", closed))
    checked = Checker(folder).check()
    return select(checked.assembly, checked.assets, "public")


def forms(library, lang, sign_in=""):
    return config(library, lang, "https://example.org/", REPO, sign_in)


def form_of(told, name):
    return next(form for form in told["collections"] if form["name"] == name)


def compare(model, fields, lang):
    by_name = {field["name"]: field for field in fields}
    assert set(by_name) - {"body"} == set(model.model_fields)
    for name, field in model.model_fields.items():
        told, shown = about_of(field), by_name[name]
        assert (shown["label"], shown["hint"]) == (told.label.to(lang), told.hint.to(lang))
        if "pattern" in shown:
            assert re.compile(shown["pattern"][0])
            assert shown["pattern"][1]
        if part := part_of(field.annotation):
            compare(part, shown["fields"], lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.kind.name)
def test_every_field_of_every_type_and_of_its_translation_is_in_its_form(cls, lang, library):
    told = forms(library, lang)
    compare(cls, form_of(told, cls.kind.name)["fields"], lang)
    compare(translation_of(cls), form_of(told, f"{cls.kind.name}-en")["fields"], lang)


def test_what_a_first_record_needs_comes_first(library):
    names = [field["name"] for field in form_of(forms(library, "es"), "case")["fields"]]
    assert names[0] == "title"
    assert names.index("perspectives") < names.index("language")


def test_a_records_example_passes_its_own_form(library):
    """What the form refuses, an editor cannot save: the model's own examples must pass."""
    for cls in CLASSES:
        for field in form_of(forms(library, "es"), cls.kind.name)["fields"]:
            example = about_of(cls.model_fields[field["name"]]).example if field["name"] != "body" else ""
            if "pattern" in field:
                assert re.search(field["pattern"][0], example), field["name"]


def test_only_public_records_are_offered_and_nobody_is_one_of_the_answers(library):
    told = json.dumps(forms(library, "es"), ensure_ascii=False)
    assert "Canario" not in told
    agreements = next(
        field for field in form_of(forms(library, "es"), "minutes")["fields"] if field["name"] == "agreements"
    )
    responsible = next(field for field in agreements["fields"] if field["name"] == "responsible")
    assert [option["value"] for option in responsible["options"]] == ["gore-moquegua", "unknown"]


def test_the_editor_signs_in_where_the_site_says(library):
    assert "base_url" not in forms(library, "es")["backend"]
    backend = forms(library, "es", "https://entrar.example.org/auth")["backend"]
    assert (backend["base_url"], backend["auth_endpoint"]) == ("https://entrar.example.org", "auth")
    assert backend["repo"] == "example/base"


def test_the_script_is_pinned_and_the_policy_lets_in_its_version_only(library):
    assert re.fullmatch(r"https://[^/]+/npm/decap-cms@\d+\.\d+\.\d+/dist/decap-cms\.js", SCRIPT)
    assert re.fullmatch(r"sha384-[A-Za-z0-9+/]{64}", INTEGRITY)
    pages = {
        made.path: made.content.decode()
        for made in export(Exported(library, "public", "https://example.org/", Text("Sitio", "Site"), "1", {}, REPO))
    }
    assert sorted(pages) == [
        "editar/abrir/config.json",
        "editar/abrir/index.html",
        "en/edit/open/config.json",
        "en/edit/open/index.html",
    ]
    for path in ("editar/abrir/index.html", "en/edit/open/index.html"):
        assert f'data-integrity="{INTEGRITY}"'.replace("+", "&#43;") in pages[path].replace("+", "&#43;")
        assert "decap-cms@" in POLICY
        assert 'data-connected="no"' in pages[path]
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", pages[path])
