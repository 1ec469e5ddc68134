"""The two trees that a proposal lies between, laid out by git in folders that go again."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from generator.reading.history import git

# A commit is a stranger's: its attributes may name a filter, such as git-lfs, that would fetch from where they say.
_INERT = ("-c", "core.hooksPath=/dev/null", *(
    setting for key in ("smudge=", "process=", "required=false") for setting in ("-c", f"filter.lfs.{key}")
))  # fmt: skip
_COMMIT = ("rev-parse", "--verify", "--quiet", "--end-of-options")


def merge_base(root: Path, base: str, head: str) -> tuple[str, str] | None:
    """The commits that two names stand for, the first as the one where the second left it; None if there is none."""
    with suppress(OSError, CalledProcessError):
        start, tip = (git(root, *_COMMIT, f"{name}^{{commit}}").strip() for name in (base, head))
        return git(root, "merge-base", start, tip).split()[0], tip
    return None


def changed_paths(root: Path, base: str, head: str) -> list[str]:
    """The files of the repository that two commits do not have alike, sorted; a renamed one is gone and new."""
    told = git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", base, head)
    return sorted(filter(None, told.split("\0")))


@contextmanager
def tree(root: Path, commit: str) -> Iterator[Path]:
    """The repository as it was at a commit: a worktree of git, so that what asks git for the past is answered."""
    with TemporaryDirectory(prefix="kb-") as folder:
        whole = Path(folder) / "tree"
        git(root, *_INERT, "worktree", "add", "--quiet", "--detach", str(whole), commit)
        try:
            yield whole / git(root, "rev-parse", "--show-prefix").strip()
        finally:
            git(root, "worktree", "remove", "--force", str(whole))
