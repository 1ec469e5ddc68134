"""The two trees that a proposal lies between, laid out by git in folders that go again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

# A commit is a stranger's: its attributes may name a filter, such as git-lfs, that would fetch from where they say.
_INERT = ("-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false", *(
    setting for key in ("smudge=", "process=", "required=false") for setting in ("-c", f"filter.lfs.{key}")
))  # fmt: skip


def merge_base(root: Path, base: str, head: str) -> tuple[str, str] | None:
    """The commits that two names stand for, the first as the one where the second left it; None if there is none."""
    try:
        tip = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{head}^{{commit}}").strip()
        from_commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}").strip()
        return _git(root, "merge-base", from_commit, tip).split()[0], tip
    except (OSError, subprocess.CalledProcessError):
        return None


def changed_paths(root: Path, base: str, head: str) -> list[str]:
    """The files of the repository that two commits do not have alike, sorted; a renamed one is gone and new."""
    return sorted(
        filter(None, _git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base, head).split("\0"))
    )


@contextmanager
def tree(root: Path, commit: str) -> Iterator[Path]:
    """The repository as it was at a commit: a worktree of git, so that what asks git for the past is answered."""
    with TemporaryDirectory(prefix="kb-") as folder:
        whole = Path(folder) / "tree"
        _git(root, "worktree", "add", "--quiet", "--detach", str(whole), commit)
        try:
            yield whole / _git(root, "rev-parse", "--show-prefix").strip()
        finally:
            _git(root, "worktree", "remove", "--force", str(whole))


def _git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *_INERT, *words], capture_output=True, check=True)  # noqa: S603, S607
    return done.stdout.decode("utf-8", "replace")
