"""What builds and publishes the site takes nothing that was not chosen, and gives nothing to strangers."""

import re
import shutil
import subprocess

import pytest
import sites
import yaml

WORKFLOWS = sorted((sites.ROOT / ".github/workflows").glob("*.y*ml"))
THREATS = (sites.ROOT / "docs/threat-model.md").read_text("utf-8")


def faults(text):
    """What a workflow does that it must not, in words."""
    workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # builds texts only, and «on» stays a word
    events = workflow["on"] if isinstance(workflow["on"], dict) else dict.fromkeys([workflow["on"]])
    if "pull_request_target" in events:
        yield "pull_request_target gives a fork our secrets"
    if "workflow_run" in events:
        yield from faults_of_an_answer(workflow)
    if workflow.get("permissions") not in ({}, {"contents": "read"}):
        yield "permissions at the top are not minimal"
    if "pull_request" in events:
        if "secrets." in text:
            yield "a pull request sees a secret"
        if any("environment" in job or "write" in str(job.get("permissions")) for job in workflow["jobs"].values()):
            yield "a pull request may publish"
    for job in workflow["jobs"].values():
        yield from faults_of_steps(job["steps"])
    for found in re.finditer(r"uses: \S+(.*)", text):
        if not re.match(r" +# v\d", found[1]):
            yield "a pinned action does not say its version"


def faults_of_an_answer(workflow):
    """`workflow_run` has our rights after a stranger's run: what reads the proposal holds none, what holds one reads none."""
    for job in workflow["jobs"].values():
        steps = job["steps"]
        if any("run-id" in step.get("with", {}) for step in steps):
            yield "what the stranger's own run made is taken for ours"
        if any("ref" in step.get("with", {}) or "repository" in step.get("with", {}) for step in steps):
            yield "a stranger's program is checked out"
        may_act = "write" in str(job["permissions"]) or "environment" in job or "secrets." in str(job)
        scripts = " ".join(step.get("run", "").replace("<!-- kb review -->", "") for step in steps)
        reads = re.search(r"\b(?:git|make|kb|python3?|npm|npx)\b", scripts)
        if may_act and (reads or any("actions/checkout@" in step.get("uses", "") for step in steps)):
            yield "what reads a stranger's proposal may write or holds a secret"


def faults_of_steps(steps):
    for step in steps:
        if "uses" in step and not re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40}", step["uses"]):
            yield f"{step['uses']} is not pinned by its commit"
        if (
            step.get("uses", "").startswith("actions/checkout@")
            and step.get("with", {}).get("persist-credentials") != "false"
        ):
            yield "the checkout leaves its credentials to what runs next"
        if "artifact" in step.get("uses", "") and "members" in str(step.get("with")):
            yield "the members' edition is kept where others can download it"
        if "${{" in step.get("run", ""):
            yield "what a stranger may have written becomes part of a command"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_gives_a_stranger_anything(path):
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("  pull_request:", "  pull_request_target:", "our secrets"),
        ("contents: read", "contents: write", "not minimal"),
        ("permissions:\n  contents: read\n", "", "not minimal"),
        ("- run: .ci/run", "- run: .ci/run\n        env: {KEY: '${{ secrets.KEY }}'}", "sees a secret"),
        ("runs-on:", "environment: public\n    runs-on:", "may publish"),
        ("runs-on:", "permissions: {pages: write}\n    runs-on:", "may publish"),
        ("@11bd71901bbe5b1630ceea73d27597364c9af683", "@v4", "not pinned"),
        ("persist-credentials: false", "persist-credentials: true", "credentials"),
        ("- run: .ci/run", "- run: echo ${{ github.event.pull_request.title }}", "a stranger"),
        (" # v4.2.2", "", "its version"),
    ],
)
def test_each_way_to_give_something_away_is_seen(before, after, fault):
    text = (sites.ROOT / ".github/workflows/check.yml").read_text("utf-8")
    assert before in text
    assert any(fault in found for found in faults(text.replace(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("permissions: {}\nconc", "permissions: write-all\nconc", "not minimal"),
        ("      contents: read\n", "      contents: write\n", "reads a stranger's proposal"),
        ("      contents: read\n", "      contents: read\n    environment: public\n", "reads a stranger's proposal"),
        ("${{ github.token }} # in this", "${{ secrets.KEY }} # in this", "reads a stranger's proposal"),
        ("jq -Rs", "kb review | jq -Rs", "reads a stranger's proposal"),
        (
            "          name: comment\n      - name: W",
            "          name: comment\n          run-id: 7\n      - name: W",
            "own run",
        ),
        ("fetch-depth: 0", "ref: refs/pull/7/head", "program is checked out"),
        ('"$OWNER:$BRANCH"', '"${{ github.event.workflow_run.head_branch }}"', "a stranger"),
    ],
)
def test_each_way_to_give_something_away_in_an_answer_is_seen(before, after, fault):
    text = (sites.ROOT / ".github/workflows/review.yml").read_text("utf-8")
    assert before in text
    assert any(fault in found for found in faults(text.replace(before, after)))


def test_a_proposal_is_compared_with_what_it_would_change():
    """Where it is checked, the commit and the files are the same: without a base nothing approved would be compared."""
    job = yaml.safe_load((sites.ROOT / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]["check"]
    (run,) = [step for step in job["steps"] if step.get("run") == ".ci/run"]
    assert {"pull_request.base.sha", "event.before"} <= set(
        re.findall(r"pull_request\.base\.sha|event\.before", run["env"]["KB_BASE"])
    )
    (checkout,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["fetch-depth"] == 0


def test_a_base_that_is_not_there_stops_the_run(tmp_path):
    script = (sites.ROOT / ".ci/run").read_text("utf-8")
    (guard,) = re.findall(r"^KB_BASE=.*\n.*merge-base.*$", script, re.MULTILINE)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for base, fails in (("0" * 40, False), ("", False), ("1" * 40, True)):
        done = subprocess.run(
            ["bash", "-euc", guard],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "KB_BASE": base},
            capture_output=True,
            check=False,
        )
        assert bool(done.returncode) is fails


def test_an_action_is_pinned_to_the_same_commit_everywhere():
    pins = {pin for path in WORKFLOWS for pin in re.findall(r"uses: (\S+)@(\S+)", path.read_text("utf-8"))}
    assert len({name for name, _ in pins}) == len(pins) > 0


@pytest.mark.parametrize("lock", ["site", "dev"])
def test_every_package_is_locked_to_one_version_and_its_hashes(lock):
    text = (sites.ROOT / f"requirements/{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(packages) > 20
    for line in packages:
        assert re.match(r"[a-z0-9._-]+(\[[^]]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_nothing_is_installed_without_its_hash():
    makefile = (sites.ROOT / "Makefile").read_text("utf-8")
    installs = [line for line in makefile.splitlines() if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line or "--no-deps --no-build-isolation --editable ." in line for line in installs)


def test_every_test_that_the_threat_model_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", THREATS)
    assert len(named) > 30
    for path, name in named:
        assert f"def {name}(" in (sites.ROOT / path).read_text("utf-8"), f"{path}::{name}"


def test_every_threat_names_what_shows_that_it_is_stopped_or_says_that_nothing_does():
    rows = [line for line in THREATS.splitlines() if line.startswith("| ") and not line.startswith("| Quién")]
    assert len(rows) > 15
    for row in rows:
        assert "`tests/" in row or "sin prueba" in row, row


def test_no_built_site_is_in_the_repository():
    listed = subprocess.run(["git", "ls-files"], cwd=sites.ROOT, capture_output=True, text=True, check=False).stdout
    assert not re.search(r"^(?:site|site-members|build)/", listed, re.MULTILINE)


@pytest.mark.skipif(not shutil.which("make"), reason="no make here")
@pytest.mark.parametrize(("place", "anew"), [("here", False), ("/where/it/was", True), (None, False)])
def test_what_is_installed_is_installed_anew_in_a_folder_that_was_moved(tmp_path, place, anew):
    for name in ("pyproject.toml", "requirements/site.txt", ".venv/site.stamp"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    shutil.copy(sites.ROOT / "Makefile", tmp_path)
    if place:
        (tmp_path / ".venv/place").write_text(f"{tmp_path.resolve() if place == 'here' else place}\n", "utf-8")
    done = subprocess.run(
        ["make", "-n", "--no-print-directory", "site"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ("-m venv" in done.stdout) is anew
    assert done.stdout.endswith("kb build\n")
