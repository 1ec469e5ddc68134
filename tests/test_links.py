"""`kb links`: what servers of others answer, however they lie, in bounded time; and never a machine inside."""

import json
import os
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from itertools import pairwise

import pytest
import sites
import yaml

from generator import cli, commands, links
from generator.outside import MOST_REDIRECTS, Manners, ask, copies, is_outside
from generator.reading import seen

SOURCE = "sources:\n- title: Informe\n  url: {}\n"


def plain(status, *fields):
    return "\r\n".join((f"HTTP/1.1 {status} x", *fields, "", "")).encode()


class Server(socketserver.ThreadingTCPServer):
    """Says what a test wants, byte for byte; keeps what it was asked and how many at once."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, tls=None):
        self.tls, self.asked, self.heads, self.answers, self.lock = tls, [], [], {}, threading.Lock()
        self.now = self.most = 0
        self.stopped = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def address(self, path, host="127.0.0.1"):
        return f"{'https' if self.tls else 'http'}://{host}:{self.server_address[1]}{path}"

    def get_request(self):
        connection, place = super().get_request()
        return (self.tls.wrap_socket(connection, server_side=True) if self.tls else connection), place

    def handle_error(self, request, client_address):
        """A client that hangs up is what many of these tests are about."""


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        method, path, _ = self.rfile.readline().decode().split(" ")
        head = b"".join(iter(self.rfile.readline, b"\r\n"))
        self.server.asked.append(f"{method} {path}")
        self.server.heads.append(head.decode())
        answer = self.server.answers.get(path.partition("?")[0], plain(404))
        answer = answer.get(method, plain(404)) if isinstance(answer, dict) else answer
        for piece in [answer] if isinstance(answer, bytes) else answer(self.server):
            self.wfile.write(piece)


def drip(server):
    yield b"HTTP/1.1 200 OK\r\n"
    while not server.stopped.wait(0.05):
        yield b"X: y\r\n"


def silence(server):
    server.stopped.wait()
    yield b""


def flood(server):
    yield plain(200)
    while not server.stopped.is_set():
        yield b"x" * 65536


def patience_with(answer):
    """Long enough for a busy machine, but where only the end of patience ends it."""
    return 0.4 if answer in (drip, silence) else 9


def running(server):
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.stopped.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def server():
    yield from running(Server())


def manners(**changes):
    told = {"agent": "kb-test/1.0", "pause": 0, "patience": 9, "allows": lambda ip: ip == "127.0.0.1"}
    return Manners(**told | changes)


def status(server, path, **changes):
    address = server.address(path)
    return ask([address], manners(**changes)).get(address, "not asked")


def test_an_address_that_leads_somewhere_is_asked_about_once_and_not_read(server):
    server.answers["/a%20b"] = plain(200)
    assert status(server, "/a b?x=ñ#there") == 200
    assert server.asked == ["HEAD /a%20b?x=%C3%B1"]
    assert "User-Agent: kb-test/1.0\r\n" in server.heads[0]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (plain(404), 404),
        (plain(410), 410),
        (plain(503), 503),
        ({"HEAD": plain(405), "GET": plain(200)}, 200),
        ({"HEAD": plain(404), "GET": plain(200)}, 200),
        ({"HEAD": b"", "GET": plain(200)}, 200),
        ({"HEAD": plain(403), "GET": flood}, 200),
        (plain(200, "Content-Length: 99999999999"), 200),
        (plain(301, "Location: /fine"), 200),
        (plain(302, "location: //127.0.0.1:{port}/fine"), 200),
        (plain(301, "Location: /ñandú".encode().decode("latin-1")), 404),
        (plain(301), 301),
        (plain(302, "Location: /asked"), 302),
        (plain(301, "Location: file:///etc/passwd"), None),
        (plain(301, "Location: http://[half"), None),
        (b"", None),
        (b"SSH-2.0-OpenSSH\r\n\r\n", None),
        (b"HTTP/1.1\r\n\r\n", None),
        (b"HTTP/1.1 yes\r\n\r\n", None),
        (b"\xff\x00\r\n\r\n", None),
        (b"HTTP/1.1 200 " + b"9" * 200_000, None),
        (plain("9" * 6000), None),
        (drip, None),
        (silence, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_whatever_a_server_answers_it_is_a_status_or_nothing(answer, found, server):
    if isinstance(answer, bytes):
        answer = answer.replace(b"{port}", str(server.server_address[1]).encode())
    server.answers |= {"/asked": answer, "/fine": plain(200)}
    assert status(server, "/asked", patience=patience_with(answer)) == found


def test_redirects_are_counted(server):
    server.answers |= {f"/{n}": plain(301, f"Location: /{n + 1}") for n in range(1, 99)}
    assert status(server, "/1") == 301
    assert [asked for asked in server.asked if "HEAD" in asked][-1] == f"HEAD /{MOST_REDIRECTS}"


def test_a_certificate_that_python_does_not_believe_is_an_answer_too(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine")
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    subprocess.run([*make, "-keyout", tmp_path / "key", "-out", tmp_path / "cert"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    for server in running(Server(context)):
        server.answers["/safe"] = plain(200)
        assert status(server, "/safe") == 200


@pytest.mark.parametrize(
    "address",
    ["http://", "http://[half", "http://a..b/", f"http://{'a' * 70}.example/", "http://x:99999/", "https:///only/path"],
)
def test_what_is_no_address_has_no_answer(address):
    assert ask([address], manners()) == {address: None}


def slowly(server):
    with server.lock:
        server.now += 1
        server.most = max(server.most, server.now)
    time.sleep(0.05)
    with server.lock:
        server.now -= 1
    yield plain(200)


def test_of_a_host_one_address_is_asked_at_a_time(server):
    server.answers |= {f"/{n}": slowly for n in range(6)}
    assert set(ask([server.address(f"/{n}") for n in range(6)], manners()).values()) == {200}
    assert server.most == 1


def some_hosts(server, names):
    return [server.address("/1", f"{name}.example") for name in names]


def test_several_hosts_are_asked_at_a_time(server, monkeypatch):
    resolving(monkeypatch, "127.0.0.1")
    both = threading.Barrier(2)

    def together(_server):
        both.wait(9)
        yield plain(200)

    server.answers["/1"] = together
    assert set(ask(some_hosts(server, "ab"), manners(patience=9)).values()) == {200}


def test_no_more_hosts_are_asked_at_a_time_than_is_said(server, monkeypatch):
    resolving(monkeypatch, "127.0.0.1")
    server.answers["/1"] = slowly
    assert set(ask(some_hosts(server, "abcdef"), manners(hosts_at_a_time=1)).values()) == {200}
    assert server.most == 1


def test_a_host_that_is_silent_is_not_asked_about_all_its_pages(server):
    server.answers |= {f"/{n}": silence for n in range(9)}
    answers = ask([server.address(f"/{n}") for n in range(9)], manners(patience=0.2))
    assert (set(answers.values()), len(answers)) == ({None}, 9)
    assert len(server.asked) <= 6


INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104  # to be refused
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "224.0.0.1",
    "233.252.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "ff02::1",
    "::127.0.0.1",
    "2001::1",
    "2001:db8::1",
]


@pytest.mark.parametrize("ip", INSIDE)
def test_a_machine_inside_is_not_outside(ip):
    assert not is_outside(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "151.101.1.6", "2606:4700::1111", "2a00:1450:4003:80c::200e"])
def test_a_public_machine_is_outside(ip):
    assert is_outside(ip)


def resolving(patched, *ips):
    """Every name that is no number means these machines; returns the names that were looked up."""
    asked, real = [], socket.getaddrinfo

    def found(host, port, *args, **kwargs):
        if host[0].isdigit():
            return real(host, port, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    patched.setattr(socket, "getaddrinfo", found)
    return asked


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "0"])
def test_no_way_of_writing_it_reaches_a_machine_inside(host, server):
    address = server.address("/", host)
    assert ask([address], Manners("kb-test/1.0", pause=0, patience=2)).get(address) is None
    assert server.asked == []


@pytest.mark.parametrize("target", ["http://127.0.0.2:{port}/", "http://169.254.169.254/latest/", "//10.0.0.1/"])
def test_a_redirect_inside_is_not_followed(target, server):
    target = target.format(port=server.server_address[1])
    server.answers["/out"] = plain(302, f"Location: {target}")
    assert status(server, "/out") == "not asked"
    assert server.asked == ["HEAD /out"]


def test_a_name_that_also_means_a_machine_inside_is_refused(server, monkeypatch):
    resolving(monkeypatch, "127.0.0.1", "10.0.0.1")
    assert ask([server.address("/", "a.example")], manners()) == {}
    assert server.asked == []


def test_a_name_is_looked_up_once_so_that_it_cannot_mean_another_machine_then(server, monkeypatch):
    names = resolving(monkeypatch, "127.0.0.1")
    server.answers["/"] = plain(200)
    assert set(ask([server.address("/", "a.example")], manners()).values()) == {200}
    assert names == ["a.example"]


def archive(copy):
    found = {"archived_snapshots": {"closest": {"available": True, "url": copy}} if copy else {}}
    return plain(200, "Content-Type: application/json") + json.dumps(found).encode()


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (
            archive("http://web.archive.org/web/2020/http://x.example/"),
            ["https://web.archive.org/web/2020/http://x.example/"],
        ),
        (archive(""), []),
        (archive("https://evil.example/web.archive.org/"), []),
        (plain(200) + b"[]", []),
        (plain(200) + b"<html>", []),
        (plain(429), []),
        (b"nonsense\r\n\r\n", []),
        (silence, []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_copy_is_proposed_only_if_the_archive_has_one(answer, found, server):
    server.answers["/available"] = answer
    assert [
        *copies(
            ["http://x.example/?a=b&c"], manners(archive=server.address("/available"), patience=patience_with(answer))
        ).values()
    ] == found
    assert server.asked == ["GET /available?url=http%3A%2F%2Fx.example%2F%3Fa%3Db%26c"]


@pytest.fixture
def site(tmp_path, server, monkeypatch):
    """A base site whose one case cites what the test's server answers."""
    body = sites.example_body(sites.record_class("cases/agua.md"), "es")
    fields = SOURCE.format(server.address("/source"))
    text = f"{fields}---\n{body}\n[Mapa]({server.address('/text')}) y <{server.address('/bare')}>.\n"
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", text))
    monkeypatch.setattr(links, "_manners", lambda _root: manners(archive=server.address("/available")))
    server.answers |= {f"/{name}": plain(200) for name in ("source", "text", "bare")}
    return folder


def kb(folder, capsys, lang="es"):
    """What is said of the server's addresses; the examples of the base site are of example.org."""
    assert cli.main(["--root", str(folder), "--lang", lang, "links"]) == commands.DONE
    return capsys.readouterr().out


def only(out):
    lines = out.split("\n")
    return [f"{a} {b.strip()}" for a, b in pairwise(lines) if "127.0.0.1" in a and a.startswith("c")]


@pytest.fixture
def _no_names(monkeypatch):
    resolving(monkeypatch)


@pytest.mark.usefixtures("_no_names")
def test_what_leads_nowhere_is_said_at_its_line_with_its_copy(site, server, capsys):
    copy = "https://web.archive.org/web/2020/x"
    server.answers |= {"/text": plain(404), "/bare": plain(403), "/available": archive(copy)}
    lines = (site / "cases/agua.md").read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines, 1) if "[Mapa]" in line)
    said = only(kb(site, capsys))
    assert sorted(said) == [
        f"cases/agua.md:{at}: {server.address('/bare')} responde 403 a un programa: ábrala en un navegador",
        f"cases/agua.md:{at}: {server.address('/text')} ya no está (404); copia archivada: {copy}",
    ]
    server.answers["/source"] = drip
    assert f"cases/agua.md:4: {server.address('/source')} " not in " ".join(only(kb(site, capsys)))  # of this week
    kept = json.loads((site / seen.FILE).read_text("utf-8"))
    assert kept[server.address("/text")] == {
        "status": 404,
        "seen": kept[server.address("/bare")]["seen"],
        "archived": copy,
    }
    server.answers["/bare"] = plain(302, "Location: /bare")
    assert f"{server.address('/bare')} redirige sin fin (302); copia archivada: {copy}" in " ".join(
        only(kb(site, capsys))
    )
    assert any("is gone (404); archived copy" in line for line in only(kb(site, capsys, "en")))


@pytest.mark.usefixtures("_no_names")
def test_only_what_failed_or_is_a_week_old_is_asked_about_again(site, server, capsys):
    server.answers["/text"] = plain(404)
    kb(site, capsys)
    server.asked.clear()
    kb(site, capsys)
    assert [asked for asked in server.asked if "available" not in asked] == ["HEAD /text", "GET /text"]
    path = site / seen.FILE
    kept = json.loads(path.read_text("utf-8"))
    kept[server.address("/source")]["seen"] = "2001-01-01"
    kept["http://gone-from-the-records.example/"] = kept[server.address("/source")]
    path.write_text(json.dumps(kept), "utf-8")
    server.answers["/text"] = plain(200)
    server.asked.clear()
    kb(site, capsys)
    assert [asked for asked in server.asked if "available" not in asked] == ["HEAD /source", "HEAD /text"]
    assert "http://gone-from-the-records.example/" not in path.read_text("utf-8")


@pytest.mark.usefixtures("_no_names")
@pytest.mark.parametrize("kept", ["", "[]", "{", '{"http://127.0.0.1/": 3}', "\udcff"])
def test_a_file_of_answers_that_is_none_is_as_if_there_were_none(kept, site, capsys):
    (site / "build").mkdir()
    (site / seen.FILE).write_text(kept, "utf-8", "surrogateescape")
    assert only(kb(site, capsys)) == []


@pytest.mark.usefixtures("_no_names")
def test_what_leads_inside_is_said_and_not_kept(site, server, capsys):
    server.answers["/text"] = plain(302, "Location: http://10.0.0.1/admin")
    assert [line.partition("/text ")[2] for line in only(kb(site, capsys))] == [
        "lleva a una máquina interna: no se preguntó"
    ]
    assert server.address("/text") not in (site / seen.FILE).read_text("utf-8")


@pytest.mark.usefixtures("_no_names")
def test_a_source_that_has_a_copy_is_left_in_peace(site, server, capsys):
    server.answers["/source"] = plain(404)
    path = site / "cases/agua.md"
    url = f"  url: {server.address('/source')}\n"
    path.write_text(path.read_text("utf-8").replace(url, f"{url}  archived_url: {server.address('/bare')}\n"), "utf-8")
    assert only(kb(site, capsys)) == []
    assert not any("/source" in asked for asked in server.asked)


@pytest.mark.usefixtures("_no_names")
def test_without_a_connection_nobody_is_blamed_and_nothing_is_kept(site, server, monkeypatch, capsys):
    away = manners(archive="http://archive.example/", patience=0.1, allows=lambda _ip: True)
    monkeypatch.setattr(links, "_manners", lambda _root: away)
    for name in ("source", "text", "bare"):
        server.answers[f"/{name}"] = b""
    assert kb(site, capsys) == ""
    assert not (site / seen.FILE).exists()


def test_who_asks_says_who_it_is():
    agent = links._manners(sites.ROOT).agent
    assert agent.isascii()
    assert agent.startswith("gobernanza-de-la-mineria-en-moquegua/")
    assert "+https://github.com/" in agent


def test_addresses_of_meetings_for_members_only_are_not_asked_about(tmp_path):
    from generator.checking import Checker
    from generator.library.addresses import addresses

    text = "join_url: https://meet.example.org/secret\n"
    folder = sites.make_site(tmp_path, sites.fields(sites.BASE["minutes"], text))
    checker = Checker(folder)
    assert checker.check().report.has_errors is False
    found = [each.target for each in addresses(checker.check().assembly, checker.reader.data)]
    assert "https://meet.example.org/secret" not in found
    assert found


def test_every_field_that_holds_an_address_is_asked_about():
    """All that looks like one in a record's block is found, whatever field it stands in."""
    import re

    from generator.checking import Checker
    from generator.library.addresses import addresses

    checker = Checker(sites.ROOT)
    checked = checker.check()
    found = {each.target for each in addresses(checked.assembly, checker.reader.data)}
    for path, places in checked.assembly.places.items():
        block = places.source.text[places.block.start : places.block.end]
        assert set(re.findall(r"^[\s-]*\w+: *(https?://\S+)$", block, re.MULTILINE)) <= found, path


GH = """#!/bin/sh
printf '%s ' "$@" >> "$RUNNER_TEMP/said"; echo >> "$RUNNER_TEMP/said"
[ "$2" != list ] || cat "$RUNNER_TEMP/number"
"""


@pytest.mark.parametrize(
    ("found", "number", "said"),
    [
        ("cases/a.md:3: http://x/\n    no responde\n1 direcciones\n", "", ["label create", "issue create"]),
        ("cases/a.md:3: http://x/\n    no responde\n1 direcciones\n", "7", ["issue edit 7"]),
        ("1 direcciones; 0 no llevan a nada.\n", "7", ["issue close 7"]),
        ("1 direcciones; 0 no llevan a nada.\n", "", []),
        ("", "7", []),
    ],
)
def test_every_week_one_issue_is_kept_up_to_date(found, number, said, tmp_path):
    workflow = yaml.safe_load((sites.ROOT / ".github/workflows/links.yml").read_text("utf-8"))
    script = workflow["jobs"]["links"]["steps"][-1]["run"]
    for name, text in (("gh", GH), ("links.txt", found), ("number", number)):
        (tmp_path / name).write_text(text)
    (tmp_path / "gh").chmod(0o755)
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path), "GITHUB_REPOSITORY": "a/b"}
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], env=paths, check=True, capture_output=True)
    lines = (tmp_path / "said").read_text().splitlines()
    assert lines[0].startswith("issue list --repo a/b --label enlaces")
    assert [" ".join(line.split()[: len(start.split())]) for line, start in zip(lines[1:], said, strict=True)] == said
    assert f"```text\n{found}\n```\n" in (tmp_path / "issue.md").read_text()
