"""The house: what is derived is derived for everything, and modules stay small."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import sites

import generator
from generator.checking import Checker
from generator.editors.template import example_record
from generator.model.data import Chart, Point, Sharing
from generator.model.fields import about_of, marks_of, part_of
from generator.model.kinds import Choice, Reference, TermOf
from generator.records import RECORD_CLASSES

HOUSE = Path(generator.__file__).parent
MODULES = sorted(HOUSE.rglob("*.py"))


def every_field():
    waiting, seen = [*RECORD_CLASSES, Point, Chart, Sharing], set()
    while waiting:
        model = waiting.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, field in model.model_fields.items():
            yield model, name, field
            if part := part_of(field.annotation):
                waiting.append(part)


def test_all_types_of_the_model_are_found():
    assert {cls.kind.name for cls in RECORD_CLASSES} == {"case", "practice", "minutes", "organization", "term", "page"}


@pytest.mark.parametrize(
    ("model", "name", "field"), list(every_field()), ids=lambda value: getattr(value, "__name__", str(value)[:20])
)
def test_every_field_says_what_it_is_in_both_languages(model, name, field):
    told = about_of(field)
    for text in (told.label, told.hint):
        assert text.es.strip()
        assert text.en.strip()
    assert told.example not in (None, "")


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_the_example_of_every_type_is_valid_as_it_stands(cls, tmp_path):
    folder = sites.make_site(tmp_path)
    sites.write(folder, sites.BASE[cls.kind.name], example_record(cls).encode())
    assert sites.findings(folder) == ""


@pytest.mark.parametrize("cls", RECORD_CLASSES, ids=lambda cls: cls.kind.name)
def test_every_example_of_every_field_is_accepted(cls, tmp_path):
    """Each optional field in turn, with its own example, is never the wrong shape, date, term or number."""
    allowed = {
        "KB315",
        "KB505",
        "KB319",
        "KB320",
        "KB504",
        "KB507",
        "KB512",
        "KB703",
    }  # what the rest of the record would have to say too
    folder = sites.make_site(tmp_path)
    for name, field in cls.model_fields.items():
        text = sites.yaml_of({name: about_of(field).example})
        sites.write(folder, sites.BASE[cls.kind.name], sites.changed(cls, text).encode())
        assert set(sites.codes(folder)) <= allowed, (name, sites.findings(folder))


def test_every_vocabulary_that_a_field_names_is_there():
    vocabularies = Checker(sites.ROOT).check().assembly.vocabularies
    named = {
        mark.vocabulary for _, _, field in every_field() for mark in marks_of(field.annotation, field.metadata, TermOf)
    }
    assert named <= vocabularies.keys()
    assert vocabularies.keys() <= named


def test_every_reference_names_a_type_that_exists():
    known = {cls.kind.name for cls in RECORD_CLASSES}
    for _, _, field in every_field():
        for mark in marks_of(field.annotation, field.metadata, Reference):
            assert set(mark.types) <= known
        for mark in marks_of(field.annotation, field.metadata, Choice):
            assert len({label.es for _, label in mark.labels}) == len(mark.labels)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_no_module_is_longer_than_300_lines_and_each_says_what_it_is_for(module):
    text = module.read_text("utf-8")
    assert text.count("\n") <= 300
    assert re.match(r'r?"""[A-Z`]', text), "the first line says in one sentence what the module is for"


def test_only_the_modules_that_may_touch_the_disk():
    writers = {"staging.py", "engine.py", "publishing.py", "searching.py", "picturing.py", "writing.py"}
    for module in MODULES:
        text = module.read_text("utf-8")
        if re.search(r"write_text|write_bytes|\.unlink\(|rmtree|\.mkdir\(|copytree|\.replace\(target|copyfile", text):
            assert module.name in writers, module


def test_imports_only_go_down():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=sites.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_index_address_and_no_path_of_a_machine_is_committed():
    listing = ["git", "ls-files", "-z", "*.txt", "*.toml", "*.yml", "*.py", "*.md", "Makefile", ".ci/run"]
    tracked = subprocess.run(listing, cwd=sites.ROOT, capture_output=True, text=True, check=True).stdout
    told = re.compile(r"--(?:extra-)?index-url|(?<![\w.:/])/(?:root|home/[a-z]+)/")
    for name in filter(None, tracked.split("\0")):
        path = sites.ROOT / name
        assert not (path.is_file() and told.search(path.read_text("utf-8", "replace"))), name
