"""What is derived from the model and committed: current, whole, and what a person starts from is valid."""

import json
import re

import pytest
import sites

from generator.checking import Checker
from generator.cli import main
from generator.editors.derived import derived_files
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
