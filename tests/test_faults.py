"""Faults of the machine: whatever fails when, the site is whole, old or new, one line says so, the next build repairs."""

import os
import random
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import sites
from test_build import KB, build, edit, engine_ready, tree
from test_serve import CASE, get, preview, wait_for

from generator import cli, commands, publishing, staging
from generator.pipeline import Pipeline

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KB_KILLS", "8"))
"""More by hand: `KB_KILLS=200 pytest tests/test_faults.py -k killed`."""
OLD, NEW = "Monitoreo del agua en el valle", "Título de otra versión"


@pytest.fixture
def repository(tmp_path):
    return engine_ready(sites.make_site(tmp_path / "repository"))


def refused(done):
    """Whether a build ended as the machine's fault: one sentence, nothing of Python's."""
    lines = [line for line in done.stderr.splitlines() if line.startswith("No se pudo terminar: ")]
    return done.returncode == commands.MACHINE and len(lines) == 1 and "Traceback" not in done.stderr


def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one(repository):
    """Kills every process of the build, or its first one only, so that the others go on as orphans."""
    chance = random.Random(time.time_ns())
    versions = {}
    for title, before in ((OLD, OLD), (NEW, OLD)):
        edit(repository, sites.BASE["case"], before, title)
        assert build(repository).returncode == 0
        versions[title] = tree(repository / "site")
    now = NEW
    for number in range(KILLS):
        now, before = (OLD, NEW) if now == NEW else (NEW, OLD)
        edit(repository, sites.BASE["case"], before, now)
        if number % 4 == 3:
            (repository / "overrides/new.html").write_text(str(number), "utf-8")  # everything is built anew
        process = subprocess.Popen(
            [KB, "build"],
            cwd=repository,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        delay = chance.uniform(0.3, 3.5)
        time.sleep(delay)
        (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        process.wait()
        assert tree(repository / "site") in versions.values(), (number, delay)
    done = build(repository)
    assert done.returncode == 0, done.stderr
    assert tree(repository / "site") == versions[now]


@contextmanager
def disk(folder, megabytes):
    """A disk of its own, in memory."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets us mount no disk (needs root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_at_any_moment_leaves_the_site_whole(tmp_path):
    with disk(tmp_path / "disk", 40) as folder:
        repository = engine_ready(sites.make_site(folder / "repository"))
        assert build(repository).returncode == 0
        before = tree(repository / "site")
        edit(repository, sites.BASE["case"], OLD, NEW)
        (repository / "overrides/new.html").write_text("", "utf-8")
        for free in (0, 300_000, 3_000_000):
            with (folder / "ballast").open("wb") as ballast:
                for _ in range(shutil.disk_usage(folder).free // 4096 - free // 4096):
                    ballast.write(b"\0" * 4096)
            assert refused(build(repository)), free
            (folder / "ballast").unlink()
            assert tree(repository / "site") == before
        done = build(repository)
        assert done.returncode == 0, done.stderr
        assert NEW in (repository / "site/casos/mesa-ejemplo/index.html").read_text("utf-8")


def test_a_disk_that_cannot_be_written_is_said_in_one_line(tmp_path):
    with disk(tmp_path / "disk", 40) as folder:
        repository = engine_ready(sites.make_site(folder / "repository"))
        assert build(repository).returncode == 0
        before = tree(repository / "site")
        edit(repository, sites.BASE["case"], OLD, NEW)
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        done = build(repository)
        assert refused(done)
        assert "solo lectura" in done.stderr
        assert tree(repository / "site") == before


def test_a_file_larger_than_allowed_is_said_in_one_line(repository):
    """The same without the right to mount: no file above 30 KB."""
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 30; exec {KB} build"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert refused(done), done.stderr
    assert not (repository / "site").exists()
    assert build(repository).returncode == 0


@pytest.mark.parametrize("name", ["build", "build/build/public", "build/build/public/es/docs"])
def test_a_file_where_a_folder_goes_is_said_in_one_line(repository, name):
    sites.write(repository, name, b"")
    assert refused(build(repository))


def test_a_file_where_the_site_goes_gives_way(repository):
    sites.write(repository, "site", b"")
    assert build(repository).returncode == 0
    assert (repository / "site/index.html").is_file()


def test_two_builds_at_once_follow_each_other(repository):
    build(repository)
    edit(repository, sites.BASE["case"], OLD, NEW)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    both = [subprocess.Popen([KB, "build"], cwd=repository, env=environment, stdout=subprocess.PIPE) for _ in "ab"]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    for process in both:
        process.stdout.close()
    together = tree(repository / "site")
    shutil.rmtree(repository / "build")
    build(repository)
    assert tree(repository / "site") == together


@pytest.mark.parametrize("becomes", ["gone", "link"])
def test_an_attachment_that_goes_between_checking_and_building_is_no_bug(repository, becomes, monkeypatch, capsys):
    secret = repository.parent / "secret"
    secret.write_bytes(b"CANARY")
    picture = repository / "cases/mesa-ejemplo/plano.csv"
    sites.write(repository, "cases/mesa-ejemplo/plano.csv", b"a,b\n")
    look = commands.Checker.check

    def check_then_exchange(self):
        checked = look(self)
        picture.unlink()
        if becomes == "link":
            picture.symlink_to(secret)
        return checked

    monkeypatch.setattr(commands.Checker, "check", check_then_exchange)
    assert cli.main(["--root", str(repository), "build"]) == commands.MACHINE
    said = capsys.readouterr().err
    assert "cases/mesa-ejemplo/plano.csv" in said
    assert str(repository) not in said
    assert not any(b"CANARY" in data for data in tree(repository / "build").values())


@pytest.mark.parametrize("year", [1971, 2040])
def test_a_clock_that_goes_back_or_forward_changes_no_page(repository, year):
    build(repository)
    moment = (year - 1970) * 31_556_952
    for path in (*(repository / "build").rglob("*"), *(repository / "site").rglob("*")):
        os.utime(path, (moment, moment))
    edit(repository, sites.BASE["case"], OLD, NEW)
    build(repository)
    after = tree(repository / "site")
    shutil.rmtree(repository / "build")
    build(repository)
    assert tree(repository / "site") == after
    assert NEW in after["casos/mesa-ejemplo/index.html"].decode()


@pytest.mark.parametrize("stamp", ["-1", "mañana", "1e9", "99999999999999999999", "１７"])
def test_a_build_date_that_is_none_is_wrong_use(repository, stamp):
    done = build(repository, epoch=stamp)
    assert done.returncode == commands.WRONG_USE
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_an_interrupted_build_left_is_not_published(repository):
    build(repository)
    part = "build/build/public/es/"
    for place in (".site.next/", f"{part}fresh/", f"{part}part/", f"{part}part-html/", f"{part}pagefind.next/"):
        sites.write(repository, f"{place}casos/secreto/index.html", b"CANARY")
    sites.write(repository, "build/build/.lock", b"12345")
    edit(repository, sites.BASE["case"], OLD, NEW)
    assert build(repository).returncode == 0
    published = tree(repository / "site")
    assert NEW in published["casos/mesa-ejemplo/index.html"].decode()
    assert not any("secreto" in path or b"CANARY" in data for path, data in published.items())


def test_what_cannot_be_removed_stops_the_build(repository, monkeypatch):
    """A folder of somebody else's: its old pages would be published among the new."""
    sites.write(repository, ".site.next/casos/secreto/index.html", b"CANARY")

    def refuse(_folder, *, ignore_errors=False):
        if not ignore_errors:
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(staging.shutil, "rmtree", refuse)
    with pytest.raises(PermissionError):
        publishing.Publication(repository / "site")


def test_output_to_a_full_disk_is_said_in_one_line(repository):
    sites.write(repository, "cases/Malo.md", b"")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [KB, "check"], cwd=repository, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert refused(done), done.stderr


def test_a_preview_goes_on_after_a_file_went_while_it_was_read(repository, monkeypatch):
    stage, failing = Pipeline.stage, []

    def stage_or_fail(self, *arguments):
        if failing:
            raise FileNotFoundError(2, "No such file", str(repository / failing.pop()))
        return stage(self, *arguments)

    monkeypatch.setattr(Pipeline, "stage", stage_or_fail)
    with preview(repository) as address:
        assert OLD in get(address + CASE)[1]
        failing.append("cases/gone.png")
        edit(repository, sites.BASE["case"], OLD, "Se pierde una vez")
        wait_for(lambda: not failing)
        edit(repository, sites.BASE["case"], "Se pierde una vez", NEW)
        wait_for(lambda: NEW in get(address + CASE)[1])
