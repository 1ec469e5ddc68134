"""What is derived from the model and committed: current, whole, and what a person starts from is valid."""

import json
import re

import pytest
import sites

from generator.checking import Checker
from generator.cli import main
from generator.editors import derived_files
from generator.model.shape import shapes_of
from generator.records import RECORD_CLASSES


@pytest.fixture(scope="module")
def files():
    return derived_files(Checker(sites.ROOT).check().assembly.vocabularies)


def test_the_committed_files_are_those_that_the_model_gives(files):
    stale = [path for path, data in files.items() if (sites.ROOT / path).read_bytes() != data]
    assert stale == [], "run `kb schema` and commit what it writes"


def test_kb_schema_writes_what_is_stale_and_says_so_once(tmp_path, capsys, files):
    folder = sites.make_site(tmp_path)
    assert main(["--root", str(folder), "schema"]) == 0
    assert capsys.readouterr().out.split() == list(files)
    assert main(["--root", str(folder), "schema"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_a_snippet_left_as_it_is_makes_a_valid_record(cls, tmp_path, files):
    snippet = json.loads(files[".vscode/records.code-snippets"])[cls.kind.label.es]
    text = re.sub(
        r"\$\{\d+(?::((?:\\.|[^\\}])*)|\|([^,|]*)[^|]*\|)\}", lambda it: it[1] or it[2], "\n".join(snippet["body"])
    )
    assert "${" not in text
    folder = sites.make_site(tmp_path)
    sites.write(folder, sites.BASE[cls.kind.name], f"{text}\n".encode())
    assert sites.findings(folder) == ""


NEEDS = {"choice": "choices", "taxonomy": "taxonomyId", "fields": "fields", "string": "single"}
"""What Front Matter CMS wants to know of each type of field that we use."""


def same_fields(model, asked, taxonomies, vocabularies):
    """A form asks for every field of a model, in its words, and offers what may be written there."""
    assert [field["name"] for field in asked] == list(model.model_fields)
    for shape, field in zip(shapes_of(model), asked, strict=True):
        assert field["title"].startswith(shape.told.label.es)
        assert field["description"] == shape.told.hint.es
        assert NEEDS.get(field["type"], "name") in field
        words = [word for word, _ in shape.one.terms(vocabularies)]
        if field["type"] == "choice":
            assert [each["id"] for each in field["choices"]][: len(words)] == words
        elif field["type"] == "taxonomy":
            assert taxonomies[field["taxonomyId"]] == words
        elif field["type"] == "fields":
            same_fields(shape.one.part, field["fields"], taxonomies, vocabularies)
        else:
            assert field["type"] in ("string", "list", "heading")
            assert not words or shape.one.counts


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_the_form_of_front_matter_cms_is_that_of_the_model(cls, files):
    told = json.loads(files["frontmatter.json"])
    [form] = [each for each in told["frontMatter.taxonomy.contentTypes"] if each["name"] == cls.kind.name]
    taxonomies = {each["id"]: each["options"] for each in told["frontMatter.taxonomy.customTaxonomy"]}
    same_fields(cls, form["fields"], taxonomies, Checker(sites.ROOT).check().assembly.vocabularies)
    folder = {"title": cls.kind.plural.es, "path": f"[[workspace]]/{cls.kind.folder}", "contentTypes": [cls.kind.name]}
    assert {**folder, "disableCreation": True} in told["frontMatter.content.pageFolders"]


def test_front_matter_cms_asks_for_nothing_inside_a_group_that_may_be_missing(files):
    told = json.loads(files["frontmatter.json"])
    case = next(each for each in told["frontMatter.taxonomy.contentTypes"] if each["name"] == "case")
    fields = {field["name"]: field for field in case["fields"]}
    assert fields["title"]["required"] is True
    assert fields["period"]["fields"][0]["required"] is True
    assert not any("required" in field for field in fields["reviewed"]["fields"])


def test_what_kb_check_prints_is_what_the_task_of_the_text_editor_reads(tmp_path, capsys):
    tasks = re.sub(r"^\s*//.*$", "", (sites.ROOT / ".vscode/tasks.json").read_text("utf-8"), flags=re.MULTILINE)
    pattern = json.loads(tasks)["tasks"][0]["problemMatcher"]["pattern"]
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", "created: ayer\n"))
    main(["--root", str(folder), "check", "--format", "github"])
    found = re.match(pattern["regexp"], capsys.readouterr().out)
    assert (found[pattern["severity"]], found[pattern["file"]], found[pattern["line"]]) == (
        "error",
        "cases/agua.md",
        "2",
    )
    assert "ayer" in found[pattern["message"]]
