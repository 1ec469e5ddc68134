"""From checked records to a published site: select, plan, stage, build, index, publish."""

import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CalledProcessError

from generator import engine
from generator.base.diagnostics import Report
from generator.base.text import LANGUAGES, Lang
from generator.checking import Checked
from generator.exports import exports
from generator.exports.export import Exported
from generator.exports.tables import tables
from generator.library.editions import Edition, select
from generator.library.graph import Library
from generator.pages.addresses import asset_address
from generator.pages.explore import explore_data
from generator.pages.menu import menu
from generator.pages.page import ROOT
from generator.pages.pictures import copy_of
from generator.pages.plan import Planned, plan
from generator.pages.preview import FOLDER, site_preview
from generator.pages.problem_pages import problem_pages
from generator.pages.record_pages import previews
from generator.pages.view import Site
from generator.picturing import attached_pictures, update_pictures
from generator.publishing import Publication, alone
from generator.reading.files import published
from generator.reading.history import git
from generator.reading.seen import seen_links
from generator.rulebook import rule_pages
from generator.searching import update_index
from generator.staging import Stage, Staged

_STAMP = re.compile("[0-9]{1,11}")
"""Seconds since 1970, up to the year 5138: a commit may bear any date."""
SITES: dict[Edition, str] = {"public": "site", "members": "site-members"}


class Pipeline:
    """Keeps between builds which pages were staged, and from what."""

    def __init__(self, root: Path, work: str = "build") -> None:
        """`work` names the folder below `build/` where pages are made."""
        self.root = root
        self._work = root / "build" / work
        self._stages: dict[Path, Stage] = {}

    def build(self, checked: Checked, edition: Edition) -> Path:
        """Builds an edition in every language, one process a language, and publishes it whole."""
        library = select(checked.assembly, checked.assets, edition)
        today = build_date(self.root)
        with alone(self._work):
            target = self.root / SITES[edition]
            publication = Publication(target)
            attached_pictures(self.root, library.assets)  # here once: each language finds them made
            build = partial(self._language, library, edition, publication, today)
            _in_parallel([partial(build, lang) for lang in LANGUAGES])
            settings = engine.settings(self.root)
            names = (*engine.site_names(settings), engine.assets_version(self.root))
            doors = settings["repo_url"], settings["extra"]["editor_sign_in"]
            addresses = {lang: self._addresses(library, lang, today) for lang in LANGUAGES}
            publication.add(exports(Exported(library, edition, *names, addresses, *doors)))
            publication.publish()
        return target

    def shop(self, edition: Edition, lang: Lang) -> engine.Workshop:
        return engine.Workshop(self._work / edition / lang, lang)

    def stage(
        self, library: Library, edition: Edition, lang: Lang, today: date, report: Report | None = None
    ) -> Staged:
        """Writes the Markdown folder of a language, and the configuration beside it.

        With a report, a file with errors gets a page of them at its record's address: for previews only.
        """
        shop = self.shop(edition, lang)
        pictures = attached_pictures(self.root, library.assets)
        site = Site(library, lang, today, seen_links(self.root), pictures)
        stage = self._stages.setdefault(shop.docs, Stage(shop.docs, lang))
        problems = problem_pages(site, report) if report else ()
        staged = stage.write([*self._plan(site), *problems], self._files(site))
        engine.write_config(self.root, shop, edition, menu(site))
        return staged

    def _language(self, library: Library, edition: Edition, publication: Publication, today: date, lang: Lang) -> None:
        shop = self.shop(edition, lang)
        staged = self.stage(library, edition, lang, today)
        with ThreadPoolExecutor(1) as beside:  # Pagefind is a process of its own
            index = beside.submit(update_index, shop, staged)
            engine.run(self.root, shop, staged)
            index.result()
        name = engine.site_names(engine.settings(self.root))[1]
        pictures = chain([site_preview(name, lang)], previews(Site(library, lang, today)))
        publication.lay(update_pictures(self.root, shop, name.to(lang), pictures), ROOT[lang] + FOLDER.to(lang))
        publication.lay(shop.html, ROOT[lang])
        publication.lay(shop.search, f"{ROOT[lang]}pagefind")

    def _plan(self, site: Site) -> list[Planned]:
        return list(plan(site, rule_pages()))

    def _addresses(self, library: Library, lang: Lang, today: date) -> dict[str, str]:
        return {planned.path: planned.twin for planned in self._plan(Site(library, lang, today))}

    def _files(self, site: Site) -> dict[str, bytes]:
        """What lies beside the pages: attachments, tables to download, and the data of the page to explore."""
        attachments = {
            address: published(self.root / asset)
            for asset in sorted(site.library.assets)
            if (address := asset_address(asset, site.lang, site.library))
        }
        copies = {
            copy_of(address, width): data
            for address, picture in site.pictures_at.items()
            for width, data in picture.copies.items()
        }
        return attachments | copies | tables(site.library, site.lang) | dict([explore_data(site)])


def build_date(root: Path) -> date:
    """The day a build is of: SOURCE_DATE_EPOCH, else the last commit's, else today. A build's only clock."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")  # the command line has looked that it holds digits
    with suppress(OSError, CalledProcessError):
        stamp = stamp or git(root, "log", "-1", "--format=%ct").strip()
    return datetime.fromtimestamp(int(stamp), UTC).date() if _STAMP.fullmatch(stamp) else datetime.now(UTC).date()


def _reporting(task: Callable[[], None], report: Connection) -> None:
    """Runs a task; what the machine refuses it is told to the process that waits."""
    try:
        task()
    except KeyboardInterrupt:
        sys.exit(130)  # the process that waits was interrupted too, and says so
    except OSError as error:
        report.send(error)


def _in_parallel(tasks: list[Callable[[], None]]) -> None:
    """Runs tasks side by side, each but the first in a process of its own that inherits what was computed."""
    if sys.platform == "win32":  # pragma: no cover  # no fork there
        for task in tasks:
            task()
        return
    fork = multiprocessing.get_context("fork")
    first, *others = tasks
    errors, report = fork.Pipe(duplex=False)
    processes = [fork.Process(target=partial(_reporting, task, report)) for task in others]
    for process in processes:
        process.start()
    try:
        first()
    finally:
        for process in processes:
            process.join()
    if errors.poll():
        raise errors.recv()
    if any(process.exitcode == -signal.SIGKILL for process in processes):
        raise MemoryError  # the system ends what takes too much
    if any(process.exitcode for process in processes):
        raise RuntimeError("a language could not be built; see above")
