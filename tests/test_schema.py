"""The published schemas say what the model says: valid records keep to them, records of the wrong form do not."""

import json

import pytest
import sites
from jsonschema import Draft202012Validator

from generator.base.text import Source
from generator.checking import Checker
from generator.editors.schema import schemas
from generator.library.naming import record_class
from generator.model.fields import about_of, part_of
from generator.model.translation import translation_of
from generator.reading.frontmatter import read_document
from generator.records import RECORD_CLASSES
from generator.rulebook import all_rules, rule_page

SITE = "https://example.org/"
SEEN_BY_A_SCHEMA = {"KB301", "KB302", "KB303", "KB304", "KB305", "KB306", "KB308", "KB309", "KB310", "KB401", "KB402", "KB501"}  # fmt: skip
"""Rules about one value's form; the others compare values, files or records, or know the calendar."""


@pytest.fixture(scope="module")
def checked():
    return Checker(sites.ROOT).check()


@pytest.fixture(scope="module")
def validators(checked):
    found = schemas(checked.assembly.vocabularies, SITE)
    for schema in found.values():
        Draft202012Validator.check_schema(schema)
    return {path: Draft202012Validator(schema) for path, schema in found.items()}


def values_of(path, text):
    document, _ = read_document(Source(path, text))
    return document.values if document else None


def validator_of(validators, path):
    name = record_class(path).kind.name
    is_translation = path.count(".") == 2
    return validators[f"esquema/{name}{'.translation' if is_translation else ''}.json"]


def test_every_record_of_the_repository_keeps_to_its_schema(checked, validators):
    seen = 0
    for path, places in checked.assembly.places.items():
        errors = [
            error.message for error in validator_of(validators, path).iter_errors(values_of(path, places.source.text))
        ]
        assert errors == [], path
        seen += 1
    assert seen > 100


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_a_first_record_and_the_example_of_every_field_keep_to_the_schema(cls, validators):
    path = sites.BASE[cls.kind.name]
    for name, field in cls.model_fields.items():
        text = sites.changed(cls, sites.yaml_of({name: about_of(field).example}))
        errors = list(validator_of(validators, path).iter_errors(values_of(path, text)))
        assert errors == [], name


@pytest.mark.parametrize(
    "rule", [rule for rule in all_rules() if rule.code in SEEN_BY_A_SCHEMA], ids=lambda rule: rule.code
)
def test_what_a_rule_about_form_refuses_the_schema_refuses(rule, tmp_path, validators):
    folder = sites.make_site(tmp_path, *rule_page(rule).bad)
    refused = []
    for example in rule_page(rule).bad:
        values = values_of(example.path, (folder / example.path).read_text("utf-8"))
        refused += validator_of(validators, example.path).iter_errors(values)
    assert refused


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_every_field_of_every_class_is_in_its_schema_with_words_in_both_languages(cls, validators):
    def compare(model, schema):
        assert list(schema["properties"]) == list(model.model_fields)
        assert schema["required"] == [name for name, field in model.model_fields.items() if field.is_required()]
        for name, field in model.model_fields.items():
            shown, told = schema["properties"][name], about_of(field)
            assert (shown["title"], shown["x-en-title"]) == (told.label.es, told.label.en)
            assert (shown["description"], shown["x-en-description"]) == (told.hint.es, told.hint.en)
            if part := part_of(field.annotation):
                compare(part, shown.get("items", shown))

    compare(cls, validators[f"esquema/{cls.kind.name}.json"].schema)
    if cls.kind.name != "page":
        compare(translation_of(cls), validators[f"esquema/{cls.kind.name}.translation.json"].schema)


def test_numbers_and_yes_without_quotes_are_accepted_as_other_readers_type_them(validators):
    case = values_of(sites.BASE["case"], sites.changed(RECORD_CLASSES[0], ""))
    written = case | {"places": [1801], "period": {"start": 2011, "ongoing": True}}
    written["perspectives"] = [entry | {"source": 1} for entry in case["perspectives"]]
    assert list(validators["esquema/case.json"].iter_errors(json.loads(json.dumps(written)))) == []


def test_a_month_that_does_not_exist_and_an_unknown_key_are_refused(validators):
    case = values_of(sites.BASE["case"], sites.changed(RECORD_CLASSES[0], ""))
    for wrong in ({"created": "2026-13"}, {"titulo": "x"}, {"topics": []}, {"topics": ["agua"] * 4}):
        assert not validators["esquema/case.json"].is_valid(case | wrong), wrong
