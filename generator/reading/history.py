"""What files held before: in the last commit, or where a proposal left the main branch. One git process, or none."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

BASE = "KB_BASE"
"""Names the branch that a proposal is made to, in continuous integration; without it, the last commit counts."""
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_ALL = "--unified=1000000000"
_MOST_VERSIONS = 200
_PLAIN = ("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative", "--ignore-submodules")


def changed_files(root: Path, folders: Iterable[str], base: str | None = None) -> Mapping[str, str]:
    """By path, the former text of every file below some folders that changed or went; what is new is not in it.

    Empty without git, without a history, or where the base is not known: a copy of the files is as good as a clone.
    """
    if not any((parent / ".git").exists() for parent in (root, *root.absolute().parents)):
        return {}
    base = base or os.environ.get(BASE)
    since = ("--merge-base", "--end-of-options", base) if base else ("--end-of-options", "HEAD")
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", "diff", *_PLAIN, _ALL, *since, "--", *folders]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}  # to look is not to touch: the index stays as it is
    try:
        done = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return {}
    told = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
    return dict(_former_texts(told.split("\n")))


def _former_texts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """With all of a file as context, the lines of its one hunk that are not new are what it held."""
    path, at = "", 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("--- "):
            path = line.removeprefix("--- a/").removesuffix("\t") if line.startswith("--- a/") else ""
        elif (hunk := _HUNK.match(line)) and path:
            left, new = (int(hunk[group] or 1) for group in (2, 3))
            held: list[str] = []
            while left or new:
                sign, text = lines[at][:1], lines[at][1:]
                at += 1
                if sign in " -":
                    held.append(text)
                left, new = left - (sign in " -"), new - (sign in " +")
            yield path, "\n".join(held) + "\n"


def versions_of(root: Path, path: str) -> Iterator[str]:
    """What a file held after each commit that changed it, newest first; nothing without git."""
    git = ["git", "-C", str(root)]
    listing = [*git, "log", f"--max-count={_MOST_VERSIONS}", "--format=%H", "--end-of-options", "HEAD", "--", path]
    try:
        commits = subprocess.run(listing, capture_output=True, check=True).stdout.decode().split()  # noqa: S603
        for commit in commits:
            shown = subprocess.run([*git, "show", f"{commit}:./{path}"], capture_output=True, check=False)  # noqa: S603
            if shown.returncode == 0:
                yield shown.stdout.decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
    except (OSError, subprocess.CalledProcessError):
        return
