"""`make bench`: speed and memory, each as a ratio to a baseline of the same run. Never part of a test.

python tests/bench/bench.py [count ...]     default: 1000 10000
"""

import gzip
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from corpus import make_corpus

os.environ["SOURCE_DATE_EPOCH"] = str(int(time.time()))  # past midnight every page would be another
ROOT = Path(__file__).parent.parent.parent
KB = [str(Path(sys.executable).with_name("kb"))]
READ_AND_COMPOSE = """
import sys, yaml
from pathlib import Path
for folder in ("cases", "content"):
    for path in sorted(Path(folder).rglob("*.md")):
        text = path.read_text("utf-8")
        yaml.compose(text.split("---\\n", 2)[1], Loader=yaml.CSafeLoader)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    megabytes: float
    """The largest single process."""


def run(command: list[str], folder: Path) -> Cost:
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} failed:\n{errors.decode()[-2000:]}")
    return Cost(time.perf_counter() - started, usage.ru_maxrss * 1024 / 1e6)


def best(command: list[str], folder: Path, times: int = 3, before: object = None) -> Cost:
    """The fastest of some runs: noise only ever adds."""
    costs = []
    for _ in range(times):
        if callable(before):
            before()
        costs.append(run(command, folder))
    return min(costs, key=lambda cost: cost.seconds)


def row(name: str, measured: str, baseline: str, ratio: str, limit: str) -> None:
    print(f"{name:<44} {measured:>16} {baseline:>22} {ratio:>8}   {limit}", flush=True)


def bench(count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        records = make_corpus(ROOT, folder, count)
        times = 3 if count <= 2000 else 1
        print(f"\n{records} records, {sum(1 for _ in folder.rglob('*.md'))} files")
        row("", "measured", "baseline", "ratio", "limit")

        baseline = best([sys.executable, "-c", READ_AND_COMPOSE], folder, times)
        check = best([*KB, "check"], folder, times)
        row(
            "kb check",
            f"{check.seconds:.2f} s",
            f"{baseline.seconds:.2f} s compose",
            f"{check.seconds / baseline.seconds:.2f}",
            "<= 3",
        )
        row("kb check, memory", f"{check.megabytes:.0f} MB", "", "", "< 1000 MB at 10,000")

        def clean() -> None:
            # Moved away, not deleted: for a minute ext4 passes over each inode that was just freed, at every new file.
            for name in ("build", "site"):
                if (folder / name).exists():
                    (folder / name).rename(tempfile.mkdtemp(dir=scratch))

        built = best([*KB, "build"], folder, times, before=clean)
        config = folder / "build/build/public/es/mkdocs.yml"
        plain = best(
            [str(Path(sys.executable).with_name("mkdocs")), "build", "-q", "-f", str(config), "-d", f"{scratch}/plain"],
            folder,
            times,
        )
        row(
            "full build, 2 languages, search",
            f"{built.seconds:.2f} s",
            f"{plain.seconds:.2f} s mkdocs, es",
            f"{built.seconds / plain.seconds:.2f}",
            "<= 1.8 at 1,000",
        )
        row("full build, memory", f"{built.megabytes:.0f} MB", "", "", "< 1500 MB at 10,000")
        again = best([*KB, "build"], folder, times)
        row(
            "build again, nothing changed",
            f"{again.seconds:.2f} s",
            f"{built.seconds:.2f} s full",
            f"{again.seconds / built.seconds:.2f}",
            "",
        )
        shown = served_after_edit(folder)
        row(
            "edit to served, median of 5",
            f"{shown:.2f} s",
            f"{plain.seconds:.2f} s mkdocs, es",
            f"{shown / plain.seconds:.2f}",
            "<= 1.5 s at 1,000, 6 s at 10,000",
        )
        sizes(folder / "site")


def served_after_edit(folder: Path) -> float:
    """Seconds from saving a record to its new text being served by a running `kb serve`."""
    case = min((folder / "cases").glob("*-v1.md"))
    process = subprocess.Popen([*KB, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        address = next(line for line in process.stdout if line.startswith("http://127.0.0.1")).strip()
        threading.Thread(target=process.stdout.read, daemon=True).start()  # a full pipe would stop it
        taken = []
        time.sleep(5)  # the first search index is made beside; it is not what is measured
        for turn in range(5):
            time.sleep(3)
            text = case.read_text("utf-8")
            started = time.perf_counter()
            case.write_text(f"{text}\nFrase nueva {turn}.\n", "utf-8")
            while f"Frase nueva {turn}." not in _get(f"{address}casos/{case.stem}/"):
                time.sleep(0.02)
                if time.perf_counter() - started > 60:
                    sys.exit("the edit was never served")
            taken.append(time.perf_counter() - started)
        return sorted(taken)[2]
    finally:
        process.terminate()
        process.wait()


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def sizes(site: Path) -> None:
    """Bytes as a server sends them (gzip), of a record's first view and of a second one; and the biggest list."""
    record = max((site / "casos").glob("*/index.html"), key=lambda path: path.stat().st_size)
    html = record.read_text("utf-8")
    parts = [
        record,
        *{
            (record.parent / found).resolve()
            for found in re.findall(r'(?:src|href)="([^"#?]+\.(?:css|js|svg|png))(?:\?v=\w+)?"', html)
            if "://" not in found
        },
    ]
    small = {path.name: len(gzip.compress(path.read_bytes())) for path in parts if path.is_file()}
    row("first view of the longest case", f"{sum(small.values()) / 1000:.1f} KB", "", "", "<= 110 KB")
    row("second view", f"{small[record.name] / 1000:.1f} KB", "", "", "<= 15 KB")
    lists = {path: len(gzip.compress(path.read_bytes())) for path in site.glob("*/index.html")}
    biggest = max(lists, key=lambda path: lists[path])
    row(f"biggest list page ({biggest.parent.name})", f"{lists[biggest] / 1000:.1f} KB", "", "", "<= 60 KB")


if __name__ == "__main__":
    for count in [int(word) for word in sys.argv[1:]] or [1000, 10000]:
        bench(count)
