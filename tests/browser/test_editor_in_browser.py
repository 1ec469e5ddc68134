"""The web editor, end to end: the real editor from npm, its local proxy in git mode, a scratch repository, Chromium."""

import base64
import functools
import hashlib
import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time

import pytest
import sites
from test_search import browser  # noqa: F401  # a fixture

from generator.checking import Checker
from generator.editors import web
from generator.pipeline import Pipeline
from generator.records.case import Case

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EDITOR = re.search(r"npm/(decap-cms@[\d.]+)/", web.SCRIPT)[1]
PROXY = "decap-server@3.11.3"
TITLE = "Agua segura en el valle de Torata"
ID = "agua-segura-en-el-valle-de-torata"
BODY = "".join(f"## {section.es}\n\nSe midió el agua cada mes [1].\n\n" for section in Case.kind.sections)
SUMMARY = "Entre 2019 y 2021, tres comunidades y una empresa midieron juntas el agua y publicaron los resultados."


@pytest.fixture(scope="module")
def npm():
    """A folder with the packages, kept between runs; the registry is somebody else's server and fails no test."""
    if not shutil.which("npm") or not shutil.which("node"):
        pytest.skip("no Node.js and npm on this machine (Debian: apt-get install nodejs npm)")
    folder = sites.ROOT / "build/npm"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text("{}")
    if not (folder / "node_modules/decap-server").is_dir():
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--silent"]
        ask(["npm", "install", *options, PROXY], folder)
    if not (folder / "package/dist/decap-cms.js").is_file():
        ask(["npm", "pack", "--silent", EDITOR], folder)
        subprocess.run(["tar", "xzf", f"{EDITOR.replace('@', '-')}.tgz"], cwd=folder, check=True)
    return folder


def ask(command, folder):
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip(f"no answer from npm's registry: {' '.join(command)}")
    if done.returncode:
        pytest.skip(f"npm's registry did not give it: {' '.join(command)}: {done.stderr[-300:]}")


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """A small repository under git, with its site built and served."""
    folder = sites.make_site(tmp_path_factory.mktemp("editor") / "repository")
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
    (folder / ".gitignore").write_text("/build/\n/site/\n")
    sites.commit(folder)
    for command in (["branch", "-M", "main"], ["config", "user.name", "t"], ["config", "user.email", "t@example.org"]):
        git(folder, *command)
    Pipeline(folder).build(Checker(folder).check(), "public")
    return folder


def git(folder, *command):
    done = subprocess.run(["git", "-C", folder, *command], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def address(repository):
    serve = functools.partial(Quiet, directory=repository / "site")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def proxy(npm, repository):
    """The address of the editor's local proxy, which writes into the repository as GitHub would."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {"MODE": "git", "GIT_REPO_DIRECTORY": str(repository), "PORT": str(port), "BIND_HOST": "127.0.0.1"}
    command = ["node", npm / "node_modules/decap-server/dist/index.js"]
    running = subprocess.Popen(
        command, env={**os.environ, **told}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait()


@pytest.fixture
def open_editor(browser, npm, proxy, address):  # noqa: F811
    """The editor with its script as npm has it, which the browser holds against the hash; nothing else is fetched."""
    contexts = []

    def opened(path, script=None, **options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.problems = []
        page.on("console", lambda said: page.problems.append(said.text) if "Content Security" in said.text else None)

        def from_npm(route):
            name = route.request.url.rpartition("/")[2]
            body = script or (npm / "package/dist" / name).read_bytes()
            headers = {"access-control-allow-origin": "*", "content-type": "text/javascript"}
            route.fulfill(body=body, headers=headers)

        def to_proxy(route):
            route.fulfill(response=route.fetch(url=route.request.url.replace(web.PROXY, proxy)))

        page.route(f"{web.SCRIPT.rpartition('/')[0]}/**", from_npm)
        page.route(f"{web.PROXY}/**", to_proxy)
        page.goto(f"{address}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def test_the_hash_in_the_page_is_that_of_the_package(npm):
    digest = hashlib.sha384((npm / "package/dist/decap-cms.js").read_bytes()).digest()
    assert f"sha384-{base64.b64encode(digest).decode()}" == web.INTEGRITY


class Form:
    """Fills in the editor's form by the names of the fields, which repeat in groups: `nth` counts from the top."""

    def __init__(self, page):
        self.page = page
        page.get_by_role("button").first.click()  # the local proxy lets everybody in
        page.locator("[id^='title-field-']").first.wait_for()

    def control(self, name, nth=0):
        return self.page.locator(f"[id^='{name}-field-']").nth(nth)

    def write(self, name, words, nth=0):
        self.control(name, nth).click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def choose(self, name, words, nth=0):
        self.control(name, nth).fill(words)
        self.page.locator("[id*='-option-']").first.wait_for()
        self.page.keyboard.press("Enter")

    def add(self, name, nth=0):
        """Begins an entry of a list."""
        self.control(name, nth).get_by_role("button", name=re.compile("^(Add|Añadir) ")).first.click()

    def save(self):
        self.page.get_by_role("button", name=re.compile("^(Guardar|Save)$")).click()


def fill_in(form):
    form.write("title", TITLE)
    form.write("created", "2026-11-23")
    form.add("sources")
    form.write("title", "Informe anual", 1)
    form.write("url", "https://example.org/informe")
    form.write("summary", SUMMARY)
    form.choose("topics", "Agua")
    form.add("authors")
    form.write("name", "Equipo editorial")
    form.choose("countries", "Perú")
    form.choose("places", "Torata")
    form.write("start", "2019")
    form.write("end", "2021")
    form.choose("level", "distrital")
    form.choose("mechanisms", "Comité de monitoreo")
    fill_in_actors(form)
    form.choose("result", "mixto")
    form.choose("evidence", "documento")
    fill_in_perspectives(form)
    form.page.locator("[data-slate-editor]").fill(BODY)


def fill_in_actors(form):
    for number, (sector, role) in enumerate((("Gobiernos regionales", "Convocante"), ("Comunidad", "Participante"))):
        form.add("actors")
        form.choose("sector", sector, number + 1)
        form.choose("role", role, number)
    form.choose("organization", "Gobierno Regional", 1)
    form.write("name", "Comunidades del valle", 2)


def fill_in_perspectives(form):
    for number, (sector, words) in enumerate((("Academia", "Faltaban datos."), ("Comunidad", "Pidieron ver todo."))):
        form.add("perspectives")
        form.choose("sector", sector, number + 3)
        form.write("text", words, number)
        form.add("source", number)
        form.write("value", "1", number)


def branches(repository):
    return git(repository, "branch", "--format=%(refname:short)").split()


def test_an_editor_fills_in_a_case_and_a_branch_with_one_commit_appears_that_the_site_can_show(
    open_editor, repository, tmp_path
):
    page = open_editor("editar/abrir/#/collections/case/new")
    form = Form(page)
    fill_in(form)
    form.write("created", "ayer")
    form.save()
    page.get_by_text("el año «2023», el mes «2023-04» o el día «2023-04-19»").first.wait_for()
    assert branches(repository) == ["main"], "a mistake is stopped in the form"
    form.write("created", "2026-11-23")
    form.save()
    page.wait_for_url(f"**/collections/case/entries/{ID}")
    branch = f"cms/case/{ID}"
    assert branches(repository) == [branch, "main"]
    assert git(repository, "diff", "--name-only", f"main...{branch}") == f"cases/{ID}.md"
    assert len(git(repository, "log", "--format=%H", f"main..{branch}").split()) == 1
    assert page.problems == []

    review = tmp_path / "review"
    git(repository, "worktree", "add", review, branch)
    assert sites.findings(review) == "", (review / f"cases/{ID}.md").read_text("utf-8")
    site = Pipeline(review).build(Checker(review).check(), "public")
    assert TITLE in (site / f"casos/{ID}/index.html").read_text("utf-8")


def test_a_script_that_is_not_the_one_we_know_never_runs_and_the_page_says_so(open_editor):
    page = open_editor("editar/abrir/", script=b"window.somebody_else = true;")
    page.get_by_text("El editor no se pudo abrir").wait_for()
    assert page.evaluate("window.somebody_else") is None


@pytest.mark.parametrize(
    ("path", "words"), [("editar/abrir/", "necesita JavaScript"), ("en/edit/open/", "needs JavaScript")]
)
def test_without_javascript_the_page_says_so_and_leads_to_the_other_doors(browser, address, path, words):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    assert words in page.locator("main").inner_text()
    assert page.locator("main a[href$='/issues/new/choose']").count() == page.locator("main a[href='../']").count() == 1
    context.close()
