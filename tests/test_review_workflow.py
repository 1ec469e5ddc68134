"""The workflows of a proposal as they run: their own scripts, with a GitHub that a test makes up; and what people fill in."""

import json
import os
import re
import shutil
import subprocess

import pytest
import sites
import yaml

from generator.pages.facets import PROFILES
from generator.reviewing.comment import MARKER

GITHUB = sites.ROOT / ".github"
JOBS = yaml.safe_load((GITHUB / "workflows/review.yml").read_text("utf-8"))["jobs"]
BOT = {"login": "github-actions[bot]"}
GH = '#!/bin/sh\nprintf "%s\\n" "$*" >> "$GH_LOG"\ncase "$*" in *PATCH*|*POST*) ;; *) cat "$GH_SAYS";; esac\n'


def run(folder, job, says, **env):
    """Runs the last step of a job; what it asked GitHub, and what it put out."""
    if not shutil.which("jq"):
        pytest.skip("jq is not on this machine")
    script = JOBS[job]["steps"][-1]["run"]
    (folder / "gh").write_text(GH)
    (folder / "gh").chmod(0o755)
    (folder / "says").write_text(json.dumps(says))
    told = {"GH_LOG": str(folder / "log"), "GH_SAYS": str(folder / "says"), "GITHUB_OUTPUT": str(folder / "output")}
    known = {"REPO": "o/r", "NUMBER": "7", "MAIN": "main", "OWNER": "x", "BRANCH": "y", "SHA": "abc"}
    environment = {**os.environ, **told, **known, **env, "PATH": f"{folder}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-e", "-c", script], cwd=folder, env=environment, check=True)
    output = folder / "output"
    return (folder / "log").read_text("utf-8"), output.read_text("utf-8") if output.exists() else ""


def proposal(number, sha):
    return {"number": number, "head": {"sha": sha}}


@pytest.mark.parametrize(
    ("open_ones", "number"),
    [
        ([proposal(7, "abc")], "7"),
        ([proposal(6, "old"), proposal(7, "abc")], "7"),
        ([proposal(7, "newer")], ""),
        ([], ""),
    ],
)
def test_the_proposal_is_the_open_one_whose_last_commit_was_checked(open_ones, number, tmp_path):
    asked, output = run(tmp_path, "which", open_ones)
    assert output == f"number={number}\n"
    assert "-f state=open -f base=main -f head=x:y" in asked


def test_a_branch_of_any_name_stays_a_name(tmp_path):
    branch = "$(touch${IFS}pwned)`touch pwned`;\"'"
    asked, _ = run(tmp_path, "which", [], BRANCH=branch)
    assert f"head=x:{branch}" in asked
    assert not (tmp_path / "pwned").exists()


def test_the_first_answer_is_written_and_the_next_renews_it(tmp_path):
    (tmp_path / "comment.md").write_text(f'{MARKER}\n\n«Hola» `x` "$(touch pwned)"\n', "utf-8")
    asked, _ = run(tmp_path, "answer", [])
    assert "-X POST repos/o/r/issues/7/comments --input body.json" in asked
    assert json.loads((tmp_path / "body.json").read_text("utf-8"))["body"] == (tmp_path / "comment.md").read_text(
        "utf-8"
    )
    asked, _ = run(
        tmp_path, "answer", [{"id": 1, "user": BOT, "body": "x"}, {"id": 5, "user": BOT, "body": f"{MARKER} a"}]
    )
    assert "-X PATCH repos/o/r/issues/comments/5 --input body.json" in asked
    assert not (tmp_path / "pwned").exists()


def test_a_stranger_s_comment_that_bears_our_mark_is_not_written_over(tmp_path):
    (tmp_path / "comment.md").write_text(MARKER, "utf-8")
    asked, _ = run(tmp_path, "answer", [{"id": 1, "user": {"login": "x"}, "body": f"{MARKER} a"}])
    assert "PATCH" not in asked


def test_a_comment_that_is_too_long_is_cut_and_not_refused(tmp_path):
    (tmp_path / "comment.md").write_text("ñ" * 200_000, "utf-8")
    run(tmp_path, "answer", [])
    assert len(json.loads((tmp_path / "body.json").read_text("utf-8"))["body"]) == 65_000


def test_the_answer_follows_the_run_that_checks_the_records():
    answer, records = (
        yaml.load((GITHUB / f"workflows/{name}.yml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # «on» stays a word
        for name in ("review", "records")
    )
    assert answer["on"]["workflow_run"]["workflows"] == [records["name"]]
    steps = records["jobs"]["records"]["steps"]
    assert [step["run"] for step in steps if step.get("run", "").startswith("make ")][1:] == [
        "make members",
        "make site",
    ]
    assert [step["with"]["path"] for step in steps if "artifact" in step.get("uses", "")] == ["site"]


def test_what_reviewers_are_asked_stands_in_both_languages():
    spanish, english = (GITHUB / "pull_request_template.md").read_text("utf-8").split("\n---\n")
    assert spanish.count("- [ ]") == english.count("- [ ]") > 5
    assert re.findall(r"^\*\*([^:*]+)\*\*$", spanish, re.MULTILINE) == [
        "Neutralidad",
        "Fuentes",
        "Privacidad",
        "Lenguaje claro",
    ]
    assert re.findall(r"^\*\*([^:*]+)\*\*$", english, re.MULTILINE) == [
        "Neutrality",
        "Sources",
        "Privacy",
        "Plain language",
    ]


def test_every_profile_is_asked_about_cases_and_no_owner_is_a_person():
    lines = [
        line.split() for line in (GITHUB / "CODEOWNERS").read_text("utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    owners = {path: {owner.removeprefix("@ORGANIZACION/") for owner in named} for path, *named in lines}
    assert set(PROFILES) <= owners["/cases/"]
    assert all(owner.startswith("@ORGANIZACION/") for _, *named in lines for owner in named)
    sectors = yaml.safe_load((sites.ROOT / "content/vocabularies/sectors.yml").read_text("utf-8"))
    assert set().union(*owners.values()) <= {*sectors, "secretaria", "mantenimiento"}
    assert all((sites.ROOT / path.strip("/*")).exists() for path in owners)


def test_labels_are_such_as_github_takes():
    labels = yaml.safe_load((GITHUB / "labels.yml").read_text("utf-8"))
    assert len({label["name"] for label in labels}) == len(labels)
    for label in labels:
        assert re.fullmatch(r"[0-9a-f]{6}", label["color"])
        assert len(label["name"]) <= 50
        assert len(label["description"]) <= 100
