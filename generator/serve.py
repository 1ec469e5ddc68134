"""`kb serve`: a preview that shows a saved file at once and never stops because of one."""

import gc
import json
import mimetypes
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import watchfiles

from generator import engine
from generator.base.diagnostics import Report
from generator.base.text import LANGUAGES, Lang
from generator.checking import Checker
from generator.deployed import wrong_setting
from generator.faults import fault
from generator.library.editions import Edition, select
from generator.pipeline import Pipeline, build_date
from generator.report.human import render
from generator.searching import update_index
from generator.staging import Staged

WAIT = 25.0
"""Seconds that a browser's question for news stays open."""
QUIET = 4.0
"""Seconds without a change before the search index is made anew."""
DEBOUNCE = 60
"""Milliseconds: an editor's save is often several writes."""
_LONGEST_NAME = 255
_OURS = ("127.0.0.1", "localhost")
_SCRIPT = """(async () => {
  let seen = null;
  for (;;) {
    try {
      const answer = await fetch(`/-/news?seen=${seen ?? ""}`);
      const { turn } = await answer.json();
      if (seen !== null && turn !== seen) location.reload();
      seen = turn;
    } catch { await new Promise((done) => setTimeout(done, 1000)); }
  }
})();
"""


class Preview:
    """The built pages of both languages, rebuilt after each change; `turn` counts the rebuilds."""

    def __init__(self, root: Path, edition: Edition, lang: Lang, say: Callable[[str], None]) -> None:
        self._root, self._edition, self._lang, self._say = root, edition, lang, say
        self._checker = Checker(root)
        self._pipeline = Pipeline(root, work="preview")
        self._staged: dict[Lang, Staged] = {}
        self._news = threading.Condition()
        self._at_work = threading.Lock()
        self._closing = threading.Event()
        self._indexing: threading.Thread | None = None
        self._index: BaseProcess | None = None
        self.turn = 0

    def refresh(self) -> Report:
        """Brings every page in line with the files, and tells the browsers."""
        with self._at_work:
            report, is_new = self._build()
        if is_new:
            self._index_later()
        return report

    def _build(self) -> tuple[Report, bool]:
        """What was found, and whether any page is another."""
        checked = self._checker.check()
        self._say(render(checked.report, self._lang))
        library = select(checked.assembly, checked.assets, self._edition)
        today = build_date(self._root)
        built = []
        for lang in LANGUAGES:
            shop = self._pipeline.shop(self._edition, lang)
            self._staged[lang] = self._pipeline.stage(library, self._edition, lang, today, checked.report)
            built.append(engine.run(self._root, shop, self._staged[lang], published=False))
        with self._news:
            self.turn += 1
            self._news.notify_all()
        return checked.report, any(each.files for each in built)

    def forget(self) -> None:
        """Somebody may have taken the pages away (`make clean`): what was staged is looked at anew."""
        self._pipeline = Pipeline(self._root, work="preview")

    def wait(self, seen: str) -> int:
        """The number of the current turn, as soon as it is not the one a browser has seen."""
        with self._news:
            self._news.wait_for(lambda: str(self.turn) != seen, timeout=WAIT)
            return self.turn

    def file(self, path: str) -> Path | None:
        """The built file at an address, whichever language it is of."""
        in_english = path == "en" or path.startswith("en/")
        shop = self._pipeline.shop(self._edition, "en" if in_english else "es")
        path = path.removeprefix("en").lstrip("/") if in_english else path
        folder = shop.folder if path.startswith("pagefind/") else shop.html
        if "\0" in path or any(len(os.fsencode(part)) > _LONGEST_NAME for part in path.split("/")):
            return None  # no file can be called so
        place = folder / path / "index.html" if (folder / path).is_dir() else folder / path
        inside = place.resolve().is_relative_to(
            (folder / path.partition("/")[0] if folder is shop.folder else folder).resolve()
        )
        return place if inside and place.is_file() else None

    def close(self) -> None:
        self._closing.set()
        if self._index:
            self._index.terminate()
        if self._indexing:
            self._indexing.join()

    def _index_later(self) -> None:
        """Pages first: search catches up beside them."""
        if self._indexing and self._indexing.is_alive():
            return

        def index() -> None:
            turn = -1
            while turn != self.turn:
                turn = self.turn
                if self._closing.wait(QUIET):
                    return
                with self._at_work:
                    shops = [(self._pipeline.shop(self._edition, lang), self._staged[lang]) for lang in LANGUAGES]
                if turn == self.turn:  # else somebody is writing: the pages come first
                    # A process of its own, so that threads of this one need not wait for it.
                    self._index = multiprocessing.get_context("spawn").Process(
                        target=_index, args=(shops,), daemon=True
                    )
                    self._index.start()
                    self._index.join()

        self._indexing = threading.Thread(target=index, daemon=True)
        self._indexing.start()


def _index(shops: Iterable[tuple[engine.Workshop, Staged]]) -> None:
    """Brings the search in line, when nothing else wants the machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began it will end it
    if sys.platform != "win32":
        os.nice(10)
    for shop, staged in shops:
        update_index(shop, staged)


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, *arguments: object, preview: Preview) -> None:
        self._preview = preview
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        # Else a page of elsewhere whose name leads here for a moment could read a preview of the members' edition.
        if self.headers.get("Host", "").partition(":")[0] not in _OURS:
            self._send(b"403", "text/plain", HTTPStatus.FORBIDDEN)
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path).lstrip("/")
        if path == "-/news":
            seen = re.sub(r"\D", "", parts.query)
            self._send(json.dumps({"turn": self._preview.wait(seen)}).encode(), "application/json")
        elif path == "-/reload.js":
            self._send(_SCRIPT.encode(), "text/javascript")
        elif found := self._preview.file(path):
            if found.name == "index.html" and path and not path.endswith(("/", "index.html")):
                self.send_response(HTTPStatus.MOVED_PERMANENTLY)
                self.send_header("Location", f"/{path}/")
                self.end_headers()
                return
            self._send(found.read_bytes(), mimetypes.guess_type(found.name)[0] or "application/octet-stream")
        else:
            missing = self._preview.file("en/404.html" if path.startswith("en/") else "404.html")
            self._send(missing.read_bytes() if missing else b"404", "text/html", HTTPStatus.NOT_FOUND)

    def _send(self, data: bytes, media_type: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        if media_type == "text/html":
            data = data.replace(b"</body>", b'<script src="/-/reload.js"></script></body>')
            media_type += "; charset=utf-8"
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """A preview's terminal is for diagnostics."""


def serve(  # noqa: PLR0913  # what the command line offers
    root: Path,
    edition: Edition,
    lang: Lang,
    *,
    port: int,
    say: Callable[[str], None],
    stop: threading.Event | None = None,
) -> None:
    """Serves until it is stopped. Port 0 takes a free one. `say` receives what goes to the terminal."""
    preview = Preview(root, edition, lang, say)
    watched = [root / name for name in ("cases", "content", "overrides", "mkdocs.yml") if (root / name).exists()]
    # The port first: a second preview in the same folder would take the pages of the first one away.
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, preview=preview)) as server:
        preview.refresh()
        gc.collect()
        gc.freeze()  # what was read stays: later collections need not look through it
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"http://127.0.0.1:{server.server_address[1]}/\n")
        try:
            for _ in watchfiles.watch(*watched, debounce=DEBOUNCE, step=20, stop_event=stop, raise_interrupt=False):
                _follow(root, preview, lang, say)
        finally:
            server.shutdown()
            preview.close()


def _follow(root: Path, preview: Preview, lang: Lang, say: Callable[[str], None]) -> None:
    if wrong := wrong_setting(root):
        say(f"{wrong.to(lang)}\n")
        return
    try:
        preview.refresh()
    except OSError as error:  # a file may go while it is read: the next save tries again
        if not (refused := fault(error, root)):
            raise
        preview.forget()
        say(f"{refused.to(lang)}\n")
