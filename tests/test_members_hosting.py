"""The members' edition behind nginx, with the configuration that docs/hosting.md gives: nothing without a login."""

import base64
import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
import sites
from test_build import KB, engine_ready

pytestmark = pytest.mark.slow
CONFIG = sites.ROOT / "deploy/nginx/members-site.conf"
LIMIT = sites.ROOT / "deploy/nginx/members-limit.conf"
CANARY = "Conversación que solo leen los miembros"
GOOD, GONE = ("socia", "clave-de-prueba-1"), ("exsocio", "clave-de-prueba-2")
EVERY_REQUEST_HAS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Strict-Transport-Security": "max-age=31536000",
}


def hashed(password):
    command = ["openssl", "passwd", "-6", "-stdin"]
    return subprocess.run(command, input=password, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    """A running nginx before the members' edition of a small site: its port, the folder, the file of users."""
    nginx = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if nginx is None or shutil.which("openssl") is None:
        reason = "no nginx or openssl on this machine (Debian: apt-get install nginx openssl)"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    folder = tmp_path_factory.mktemp("gate")
    secret = sites.fields("cases/reservado.md", f"title: {CANARY}\nvisibility: members\n")
    repository = engine_ready(sites.make_site(folder / "repository", secret))
    sites.write(repository, "cases/reservado/plano.csv", f"{CANARY},b\n".encode())
    subprocess.run([KB, "build", "--edition", "members"], cwd=repository, check=True, capture_output=True)
    (folder / "outside.txt").write_text(CANARY, "utf-8")
    (repository / "site-members/leak.txt").symlink_to(folder / "outside.txt")
    users = folder / "users"
    users.write_text("".join(f"{name}:{hashed(password)}\n" for name, password in (GOOD, GONE)), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(
        f"""{"user root;" if os.geteuid() == 0 else ""}
daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{}}
http {{
  access_log off; types {{ text/html html; text/javascript js; text/csv csv; image/svg+xml svg; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  include {LIMIT};
  server {{ listen 127.0.0.1:{port}; root {repository}/site-members; auth_basic_user_file {users}; include {CONFIG}; }}
}}""",
        "utf-8",
    )
    process = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "errors").read_text("utf-8")
            time.sleep(0.05)
        yield port, repository / "site-members", users
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(port, path, login=None, method="GET", **headers):
    """Status, headers and body of a request whose path is sent just as it is."""
    if login:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(login).encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def test_no_file_of_the_edition_is_served_without_a_login(gate):
    port, site, _ = gate
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert any("pagefind/" in path for path in paths)
    for path in [*paths, "", "casos/", "casos", "nothing-there", "404.html"]:
        status, _, body = ask(port, f"/{path}")
        assert status == 401, path
        assert b"<main" not in body
        assert CANARY.encode() not in body


@pytest.mark.parametrize(
    "method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND", "TRACE", "get", "X"]
)
def test_no_other_method_opens_the_gate(gate, method):
    status, _, body = ask(gate[0], "/casos/reservado/", method=method)
    assert status in (400, 401, 405)
    assert CANARY.encode() not in body


@pytest.mark.parametrize(
    "path",
    [
        "//casos/reservado/",
        "/./casos/reservado/",
        "/%63asos/reservado/",
        "/casos%2freservado%2f",
        "/casos/reservado/index.html%00.png",
        "/casos/../casos/reservado/",
        "/..%2f..%2foutside.txt",
        "/../../outside.txt",
        "/%2e%2e/%2e%2e/outside.txt",
        "/leak.txt",
        "/casos/reservado/?x=1",
        "/casos/reservado/#x",
        "/casos/reservado;x",
        "http://otro.example/casos/reservado/",
        "/pagefind/pagefind.js",
        "/pagefind/../casos/reservado/plano.csv",
        "/en/cases/reservado/",
    ],
)
def test_no_way_of_writing_an_address_opens_the_gate(gate, path):
    status, _, body = ask(gate[0], path)
    assert status in (400, 401), path
    assert CANARY.encode() not in body
    status, _, body = ask(gate[0], path, GOOD)
    assert not ("outside" in path or "leak" in path) or CANARY.encode() not in body


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Basic"},
        {"Authorization": "Basic Og=="},
        {"Authorization": "Bearer x"},
        {"Authorization": "Basic " + base64.b64encode(b"socia:").decode()},
        {"Authorization": "Basic " + base64.b64encode(b"socia").decode()},
        {"Host": "localhost"},
        {"X-Forwarded-User": "socia"},
        {"X-Original-URL": "/casos/reservado/"},
        {"Range": "bytes=0-10"},
        {"Cookie": "session=1"},
    ],
)
def test_no_header_opens_the_gate(gate, headers):
    assert ask(gate[0], "/casos/reservado/", **headers)[0] == 401


def test_who_logs_in_reads_pages_search_and_attachments_with_the_headers_that_protect_them(gate):
    port, _, _ = gate
    for path in (
        "/",
        "/casos/reservado/",
        "/en/cases/reservado/",
        "/pagefind/pagefind.js",
        "/casos/reservado/plano.csv",
    ):
        status, headers, body = ask(port, path, GOOD)
        assert status == 200, path
        assert body
        assert headers.items() >= EVERY_REQUEST_HAS.items()
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert CANARY.encode() in ask(port, "/casos/reservado/", GOOD)[2]
    status, headers, body = ask(port, "/nothing-there/", GOOD)
    assert (status, headers["Cache-Control"]) == (404, "no-store")
    assert b"<main" in body


def test_a_wrong_password_or_name_is_refused(gate):
    for login in ((GOOD[0], "otra"), (GOOD[0], ""), ("nadie", GOOD[1]), (GOOD[0].upper(), GOOD[1])):
        assert ask(gate[0], "/casos/reservado/", login)[0] == 401


def test_who_is_revoked_is_out_at_once(gate):
    port, _, users = gate
    assert ask(port, "/", GONE)[0] == 200
    before = users.read_text("utf-8")
    users.write_text("".join(line for line in before.splitlines(True) if not line.startswith(f"{GONE[0]}:")), "utf-8")
    try:
        assert ask(port, "/", GONE)[0] == 401
        assert ask(port, "/", GOOD)[0] == 200
    finally:
        users.write_text(before, "utf-8")


def test_who_guesses_is_soon_not_listened_to_and_a_page_with_all_it_holds_is_read(gate):
    """Last, since all tests come from one address: after it nobody at that address gets in for a while."""
    port, site, _ = gate
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file() and not path.is_symlink()]
    assert {ask(port, f"/{path}", GOOD)[0] for path in paths[:30]} == {200}
    told = [ask(port, "/casos/reservado/", (GOOD[0], f"clave-{number}"))[0] for number in range(400)]
    assert set(told) == {401, 429}
    assert ask(port, "/casos/reservado/")[0] == 401, "who brings no password is asked for one"
    assert ask(port, "/casos/reservado/", GOOD)[0] in (200, 429)


def test_the_guide_includes_the_files_that_are_tested():
    guide = (sites.ROOT / "docs/hosting.md").read_text("utf-8")
    for file in (CONFIG, LIMIT):
        assert guide.count(f"include /srv/members/{file.relative_to(sites.ROOT).as_posix()};") == 1
    code = "\n".join(line.partition("#")[0] for line in Path(CONFIG).read_text("utf-8").splitlines())
    assert not any(word in code for word in ("return ", "rewrite ", "auth_basic off", "satisfy any"))
