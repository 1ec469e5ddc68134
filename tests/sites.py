"""Small whole sites for tests: the real vocabularies, one valid record of each type, and what a test changes."""

import io
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import yaml

from generator.base.rulepage import Example
from generator.checking import Checker
from generator.editors.template import example_body, example_fields, example_record
from generator.library.naming import record_class
from generator.model.record import Record
from generator.records import RECORD_CLASSES
from generator.report.human import one

ROOT = Path(__file__).parent.parent
BASE = {
    "case": "cases/mesa-ejemplo.md",
    "practice": "content/practices/practica-ejemplo.md",
    "minutes": "content/minutes/2025-12-15-ejemplo.md",
    "organization": "content/organizations/gore-moquegua.md",
    "term": "content/glossary/canon.md",
    "page": "content/pages/es/inicio.md",
}

_IHDR = struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 0, 0, 0, 0)[4:]
_IDAT = b"IDAT" + zlib.compress(b"\0\0")
PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    for chunk in (_IHDR, _IDAT, b"IEND")
)


def _pdf() -> bytes:
    made = io.BytesIO()
    pikepdf.new().save(made, static_id=True)
    return made.getvalue()


SMALLEST = {".png": PNG, ".pdf": _pdf()}
"""The smallest file of a type that is one."""


def make_site(folder: Path, *examples: Example) -> Path:
    """The base site with some files replaced, added or changed."""
    shutil.copytree(ROOT / "content/vocabularies", folder / "content/vocabularies")
    (folder / "cases").mkdir()
    for cls in RECORD_CLASSES:
        write(folder, BASE[cls.kind.name], example_record(cls).encode())
    _commit(folder, [example for example in examples if example.how == "committed"])
    for example in examples:
        if example.how != "committed":
            _put(folder, example)
    return folder


def _commit(folder: Path, examples: list[Example]) -> None:
    """Makes the site a repository whose only commit holds these files; nothing without them."""
    if not examples:
        return
    for example in examples:
        is_translation = example.path.count(".") > 1
        _put(folder, Example("file" if is_translation else "fields", example.path, example.text))
    commit(folder)
    for example in examples:
        (folder / example.path).unlink()


def commit(folder: Path, message: str = "first") -> None:
    git = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "-c",
        "commit.gpgsign=false",
    ]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-verify", "-m", message]):
        subprocess.run([*git, *command], check=True)


def file(path: str, text: str) -> Example:
    return Example("file", path, text)


def fields(path: str, text: str) -> Example:
    return Example("fields", path, text)


def write(folder: Path, path: str, data: bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)


def changed(cls: type[Record], text: str) -> str:
    """A valid example of a type with some of its fields, and perhaps its body, replaced as they are written."""
    new_fields, cut, body = text.partition("---\n")
    lines = example_fields(cls)
    for chunk in re.split(r"^(?=[\w-]+:)", new_fields, flags=re.MULTILINE):
        if chunk.strip():
            lines[chunk.split(":")[0]] = chunk
    return "---\n" + "".join(lines.values()) + "---\n" + (body if cut else f"\n{example_body(cls, 'es')}")


def findings(folder: Path, lang: str = "es") -> str:
    """What `kb check` prints about a site, without the totals."""
    report = Checker(folder).check().report
    return "\n".join(one(found, lang) for found in report.diagnostics)


def codes(folder: Path) -> list[str]:
    return [found.rule.code for found in Checker(folder).check().report.diagnostics]


def check(folder: Path, examples: Iterable[Example]) -> str:
    return findings(make_site(folder, *examples))


def _put(folder: Path, example: Example) -> None:
    path = folder / example.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if example.how in ("fields", "many"):
        cls = record_class(example.path)
        assert cls, f"no type of record lives in the folder of {example.path}"
        text = re.sub(
            r"^(.*\n)× (\d+)\n", lambda found: found[1] * (int(found[2]) + 1), example.text, flags=re.MULTILINE
        )
        path.write_text(changed(cls, text if example.how == "many" else example.text), "utf-8")
    elif example.how == "bytes":
        path.write_bytes(example.text.encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1"))
    elif example.how == "made":
        made = SMALLEST.get(path.suffix, b"")
        path.write_bytes(made + b"x" * (int(example.text) - len(made)))
    elif example.how == "link":
        path.symlink_to(example.text.strip())
    elif example.how == "unreadable":
        path.write_text(example.text, "utf-8")
        path.chmod(0)
    else:
        assert example.how == "file", f"unknown kind of example: {example.how}"
        path.write_text(example.text, "utf-8")


def yaml_of(values: dict[str, object]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
