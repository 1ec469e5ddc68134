"""What a phone fetches, and how Lighthouse judges it, of the site that stands in `site/`: `make site phone`.

Needs Chromium, and for Lighthouse npm's `npx` (or the command's name in LIGHTHOUSE). The host packs with gzip -9.
"""

import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests/browser")]

from playwright.sync_api import BrowserContext, sync_playwright  # noqa: E402
from test_search import ARGS, PHONE, Host  # noqa: E402

JUDGED = ("", "en/", "casos/mesa-dialogo-quellaveco/", "acuerdos/", "casos/")
RUNS = 3
LIGHTHOUSE = shlex.split(os.environ.get("LIGHTHOUSE", "npx --yes lighthouse@12.8.2"))
CHROMIUM = shutil.which("chromium") or os.environ["CHROME_PATH"]


def longest(site: Path) -> Iterator[tuple[str, str]]:
    """The heaviest page of each kind: (kind, address)."""
    found: dict[str, tuple[int, str]] = {}
    for path in site.rglob("index.html"):
        if kind := re.search(r"kb-main-(\w+)", html := path.read_text("utf-8")):
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            found[kind[1]] = max(found.get(kind[1], (0, "")), (len(html), address))
    yield from ((kind, address) for kind, (_, address) in sorted(found.items()))


def fetched(context: BrowserContext, host: Host, address: str) -> list[tuple[str, int]]:
    """What the host sends for a page, until it has been quiet for three seconds."""
    host.sent.clear()
    page = context.new_page()
    page.goto(host.address + address, wait_until="networkidle")
    seen = -1
    while seen != len(host.sent):
        seen = len(host.sent)
        time.sleep(3)
    page.close()
    return list(host.sent)


def weigh(host: Host) -> None:
    print("| kind | page | first view | of that, the page | second view |\n|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        for kind, address in longest(host.folder):
            fresh = browser.new_context(viewport=PHONE, service_workers="block")
            first = fetched(fresh, host, address)
            known = browser.new_context(viewport=PHONE)
            kept = fetched(known, host, "privacidad/")
            second = fetched(known, host, address)
            page = sum(size for name, size in first if name == f"/sub/path/{address}")
            total, again = (sum(size for _, size in sent) for sent in (first, second))
            print(f"| {kind} | `{address}` | {total / 1000:.1f} KB | {page / 1000:.1f} KB | {again / 1000:.1f} KB |")
        reading = {name for name, _ in fetched(browser.new_context(service_workers="block"), host, "privacidad/")}
        print(f"\nTo keep pages, once: {sum(size for name, size in kept if name not in reading) / 1000:.1f} KB")


def judged(address: str) -> dict[str, Any]:
    command = [*LIGHTHOUSE, address, "--quiet", "--output=json", f"--chrome-flags=--headless {' '.join(ARGS)}"]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": CHROMIUM}, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def judge(host: Host) -> None:
    names = ("performance", "accessibility", "best-practices", "seo")
    audits = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
    print(f"\n| page | {' | '.join((*names, *audits))} |\n|{'---|' * 8}")
    for address in JUDGED:
        runs = [judged(host.address + address) for _ in range(RUNS)]
        scores = [statistics.median(run["categories"][name]["score"] * 100 for run in runs) for name in names]
        times = [statistics.median(run["audits"][name]["numericValue"] for run in runs) for name in audits]
        told = [f"{score:.0f}" for score in scores]
        print(f"| `/{address}` | {' | '.join(told)} | {times[0]:.0f} ms | {times[1]:.0f} ms | {times[2]:.3f} |")


if __name__ == "__main__":
    with Host(ROOT / "site").running() as running:
        weigh(running)
        judge(running)
