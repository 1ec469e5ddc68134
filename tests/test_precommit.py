"""The hook before a commit: what has one right answer is mended, what has errors is not committed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sites

RECORD = "cases/agua.md"


@pytest.fixture
def git(tmp_path):
    """Runs git in a repository of its own that holds a base site, with the hook turned on."""
    site = sites.make_site(tmp_path / "site")
    sites.commit(site)
    shutil.copy(sites.ROOT / ".pre-commit-config.yaml", site)
    (site / ".venv/bin").mkdir(parents=True)
    (site / ".venv/bin/kb").symlink_to(Path(sys.executable).with_name("kb"))
    (site / ".git/info/exclude").write_text("/.venv/\n")
    told = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "PRE_COMMIT_HOME": str(tmp_path / "kept")}
    told |= {"GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org"}

    def run(*words):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT", "KB_"))}
        return subprocess.run(words, cwd=site, env=environment | told, capture_output=True, text=True, check=False)

    def git(*words):
        return run("git", "-c", "commit.gpgsign=false", *words)

    git.site = site
    assert run(sys.executable, "-m", "pre_commit", "install").returncode == 0
    git("add", "-A")
    assert git("commit", "-m", "hook").returncode == 0
    return git


def write(git, fields):
    (git.site / RECORD).write_text(sites.changed(sites.record_class(RECORD), fields), "utf-8")
    git("add", "-A")


def test_what_has_one_right_answer_is_mended_and_shown_before_it_is_committed(git):
    write(git, "created: 23/11/2026\n")
    stopped = git("commit", "-m", "agua")
    assert stopped.returncode == 1
    assert "+created: 2026-11-23" in stopped.stdout + stopped.stderr
    assert "created: 2026-11-23\n" in (git.site / RECORD).read_text("utf-8")
    git("add", "-A")
    assert git("commit", "-m", "agua").returncode == 0


def test_an_error_stops_the_commit_and_says_its_line(git):
    write(git, "created: ayer\n")
    stopped = git("commit", "-m", "agua")
    assert stopped.returncode == 1
    assert f"{RECORD}:2:10" in stopped.stdout + stopped.stderr
    assert git("log", "-1", "--format=%s").stdout == "hook\n"


def test_what_is_no_record_is_committed_without_it(git):
    (git.site / "notas.txt").write_text("nada")
    git("add", "-A")
    done = git("commit", "-m", "notas")
    assert done.returncode == 0
    assert "Skipped" in done.stdout + done.stderr
