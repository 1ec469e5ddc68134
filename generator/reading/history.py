"""What files held before: in the last commit, or where a proposal left the main branch. Two git processes, or none."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

BASE = "KB_BASE"
"""Names the branch that a proposal is made to, in continuous integration; without it, the last commit counts."""
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@")
_OTHER_FILE = re.compile(r"^(?:Binary files|---) a/(.+?)(?: and (?:b/.+|/dev/null) differ|\t)?$", re.MULTILINE)
_ALL = "--unified=1000000000"
_MOST_VERSIONS = 200
# To look is not to touch: the index stays as it is.
_DIFF = (
    *("-c", "core.quotePath=false", "-c", "diff.autoRefreshIndex=false", "diff"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative", "--ignore-submodules"),
)


def changed_files(root: Path, folders: Iterable[str], base: str | None = None) -> Mapping[str, str]:
    """By path, the former text of every record below some folders that changed or went, and «» for every other file;
    what is new, or has another name only, is not in it.

    Empty without git, without a history, or where the base is not known: a copy of the files is as good as a clone.
    """
    if not any((parent / ".git").exists() for parent in (root, *root.absolute().parents)):
        return {}
    base = base or os.environ.get(BASE)
    since = ("--merge-base", "--end-of-options", base) if base else ("--end-of-options", "HEAD")
    try:
        # As text, whatever a proposal's own .gitattributes says of them.
        told = git(root, *_DIFF, "--text", _ALL, *since, "--", *(f"{folder}/*.md" for folder in folders))
        files = git(root, *_DIFF, "--unified=0", "--find-renames=100%", *since, "--", *folders, ":(exclude)*.md")
    except (OSError, subprocess.CalledProcessError):
        return {}
    return dict.fromkeys(_OTHER_FILE.findall(files), "") | dict(_former_texts(told.split("\n")))


def git(root: Path, *words: str) -> str:
    """What git says. Raises OSError without git, CalledProcessError where it refuses."""
    done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, check=True)  # noqa: S603, S607
    return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")


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
    with suppress(OSError, subprocess.CalledProcessError):
        listing = ("log", f"--max-count={_MOST_VERSIONS}", "--format=%H", "--end-of-options", "HEAD", "--", path)
        for commit in git(root, *listing).split():
            with suppress(subprocess.CalledProcessError):  # the commit that took it away
                yield git(root, "show", f"{commit}:./{path}").removeprefix("\ufeff")
