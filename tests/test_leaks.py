"""Nothing that is for members only is in any byte of the public edition: canaries are planted, and hunted."""

import pickle
import shutil
from datetime import date
from functools import cache

import pytest
import sites
from canaries import SPELLINGS, Aviary, caught, hunt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.base.text import LANGUAGES, Source, Text
from generator.checking import Checker
from generator.exports import exports
from generator.exports.export import Exported
from generator.library.assemble import Assembler
from generator.library.editions import select
from generator.library.naming import record_id
from generator.model.translation import translation_of
from generator.pages.plan import plan
from generator.pages.view import Site
from generator.pipeline import Pipeline
from generator.records import RECORD_CLASSES
from generator.records.case import Case
from generator.records.minutes import Minutes
from generator.records.page import Page
from generator.staging import staged_text

KINDS = {cls.kind.name: cls for cls in RECORD_CLASSES}
# What the example of every field does not say of a record that may not go out.
HIDDEN = {
    "members": {kind: {"visibility": "members"} for kind in KINDS},
    "confidential": {"minutes": {"visibility": "public", "rule": "confidential", "minutes_status": "approved"}},
    "draft-minutes": {"minutes": {"visibility": "public", "minutes_status": "draft"}},
    "unsaid": {"minutes": {"visibility": "public", "body_of": "core-group", "minutes_status": None}},
}
DRAFTS = {"draft": {"case": {"visibility": "public", "status": "draft"}, "minutes": {"status": "draft"}}}


UNDER_THE_RULE = {
    "visibility": "public",
    "rule": "chatham-house",
    "minutes_status": "approved",
    "start": "2025-12-16",
    "public_summary": "El grupo acordó publicar cada año la matriz de compromisos.",
}


class Garden:
    """A small site with everything planted that the public edition may not show."""

    def __init__(self, folder):
        self.folder = sites.make_site(folder)
        shutil.copy(sites.ROOT / "mkdocs.yml", folder)
        shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
        self.aviary, self.drafts = Aviary(), Aviary()
        self.drafts._numbers = iter(range(5000, 9999))
        self.ids = {name: self._new_id(self.aviary, KINDS[name], "members") for name in KINDS}
        for why, kinds in HIDDEN.items():
            for name, said in kinds.items():
                self._hidden(self.aviary, KINDS[name], why, said)
        for name, said in DRAFTS["draft"].items():
            self._hidden(self.drafts, KINDS[name], "draft", said)
        self._closed_fields()
        self._under_the_rule()
        self._references()
        columns = "year,measure,amount,currency,unit,source_title,source_url,note_es,note_en,verified"
        row = f"2004,canon-recibido-departamento,1,PEN,millions,{self.aviary.word('table title')},https://example.org/,,,yes"
        table = f"content/data/{self.aviary.word('table name')}.csv"
        sites.write(self.folder, table, f"{columns}\n{row}\n".encode())

    def _new_id(self, aviary, cls, why):
        word = aviary.word(f"{why} {cls.kind.name} id")
        return f"2025-12-15-{word}" if cls is Minutes else word

    def _write(self, cls, name, values, body, lang=""):
        said = {key: value for key, value in values.items() if value is not None}
        folder = f"{Page.kind.folder}/es" if cls is Page else cls.kind.folder
        sites.write(self.folder, f"{folder}/{name}{lang}.md", f"---\n{sites.yaml_of(said)}---\n{body}".encode())
        return f"{folder}/{name}"

    def _hidden(self, aviary, cls, why, said):
        where = f"{why} {cls.kind.name}"
        name = self.ids[cls.kind.name] if why == "members" else self._new_id(aviary, cls, why)
        values = aviary.filled(cls, where, self.ids) | said
        files = aviary.files(where)
        place = self._write(cls, name, values, self._body(aviary, where, name, files))
        for file, data in files.items():
            sites.write(self.folder, f"{place}/{file}", data)
        if cls is not Page:
            translated = aviary.filled(translation_of(cls), f"{where} translation", self.ids)
            self._write(cls, name, translated, f"\n{aviary.word(f'{where} translated body')}\n", ".en")

    def _body(self, aviary, where, name, files):
        links = "".join(f"[{aviary.word(f'{where} link')}]({name}/{file})\n" for file in files)
        return f"\n## {aviary.word(f'{where} heading')}\n\nSe habló de {aviary.word(f'{where} body')}.\n\n{links}"

    def _closed_fields(self):
        """Members-only fields, however deep, of records that are public."""
        for name, cls in KINDS.items():
            values = self.aviary.filled(cls, f"public {name}", self.ids, lambda told: told.members_only)
            if any(f"public {name}" in where for where in self.aviary.planted.values()):
                values["visibility"] = "public"
                self._write(cls, "2025-12-15-abierta" if cls is Minutes else "abierta", values, "\nTexto.\n")

    def _under_the_rule(self):
        where, name = "under the rule", "2025-12-16-regla"
        values = self.aviary.filled(Minutes, where, self.ids, lambda told: not told.unattributed)
        values |= UNDER_THE_RULE
        files = self.aviary.files(where)
        place = self._write(Minutes, name, values, self._body(self.aviary, where, name, files))
        translated = {
            "translation": "human",
            "title": "A meeting of the group",
            "summary": "The group looked at how commitments are followed, and agreed what to publish each year.",
            "amendments": [{"text": f"It says {self.aviary.word(f'{where} translated amendment')}."}],
            "sources": [{"note": f"Seen: {self.aviary.word(f'{where} translated note')}."}],
        }
        self._write(Minutes, name, translated, f"\n{self.aviary.word(f'{where} translated body')}\n", ".en")
        for file, data in files.items():
            sites.write(self.folder, f"{place}/{file}", data)

    def _references(self):
        """A public case that speaks of all that is hidden: the checker refuses it, and still nothing goes out."""
        paths = sorted(
            path for path in self.folder.rglob("*zqx*") if path.is_file() and not path.name.endswith("en.md")
        )
        links = "".join(f"- [una ficha](../{path.relative_to(self.folder)})\n" for path in paths)
        image = next(path for path in paths if path.suffix == ".png").relative_to(self.folder)
        text = f"related: [{', '.join(name for kind, name in self.ids.items() if kind != 'page')}]\n"
        text += f"organizations: [{self.ids['organization']}]\n"
        text += f"---\n\n## Contexto\n\n{links}\n![una figura](../{image})\n"
        sites.write(self.folder, "cases/abierto.md", sites.changed(Case, text).encode())

    @property
    def planted(self):
        return self.aviary.planted


@pytest.fixture(scope="module")
def garden(tmp_path_factory):
    return Garden(tmp_path_factory.mktemp("garden"))


@pytest.fixture(scope="module")
def checked(garden):
    found = Checker(garden.folder).check()
    written = {path.relative_to(garden.folder).as_posix() for path in garden.folder.rglob("*.md")}
    lost = {path for path in written if ".en." not in path and record_id(path) not in found.assembly.records}
    assert not lost, "what cannot be decoded proves nothing"
    return found


@pytest.fixture(scope="module")
def built(garden, checked):
    return {edition: Pipeline(garden.folder).build(checked, edition) for edition in ("public", "members")}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_hunt_finds_a_canary_in_every_spelling(spelling):
    assert caught(b"xx " + b"zqxbbbbkzq") == {b"zqxbbbbkzq"}
    assert caught(SPELLINGS[spelling](b"zqxbdfgkzq")) == {b"zqxbdfgkzq"}


def test_every_type_of_record_every_kind_of_file_and_every_way_of_hiding_is_planted(garden):
    told = " ".join(garden.planted.values())
    for wanted in (*KINDS, *HIDDEN, "under the rule", "aliases", "PNG comment", "PDF text", "join_url", "translation"):
        assert wanted in told
    assert len(garden.planted) > 300


@pytest.mark.slow
def test_no_byte_of_the_public_edition_holds_a_canary(garden, built):
    found = hunt(built["public"])
    assert not {(garden.planted.get(canary), file) for canary, file in found.items()}


def test_the_public_library_holds_none_so_that_no_page_or_export_ever_can(garden, checked):
    library = select(checked.assembly, checked.assets, "public")
    assert not {garden.planted.get(canary) for canary in caught(pickle.dumps(library))}


def test_the_members_library_holds_each_one_that_is_not_inside_a_file(garden, checked):
    found = caught(pickle.dumps(select(checked.assembly, checked.assets, "members")))
    inside = (" CSV", " PNG author", " PNG comment", " PDF text", " entry", " cell")
    missing = {where for canary, where in garden.planted.items() if canary not in found and not where.endswith(inside)}
    assert not missing
    assert not found & garden.drafts.planted.keys()


@pytest.mark.slow
def test_the_members_edition_holds_them_so_that_the_hunt_can_fail(garden, built):
    found = hunt(built["members"])
    missing = {where for canary, where in garden.planted.items() if canary not in found}
    kinds = (
        " id",
        "aliases",
        " body",
        " heading",
        " link",
        ".title",
        "CSV",
        "PDF text",
        "cell",
        "join_url",
    )
    # A term stands in a list, without its text; neither terms nor pages have former addresses.
    assert not {where for where in missing if where.endswith(kinds) and where.split()[1][:4] not in ("page", "term")}
    assert not {where for where in missing if " name of " in where}
    assert {where for where in garden.planted.values() if " PNG " in where} <= missing, (
        "nobody gets an image's metadata"
    )
    assert len(missing) < len(garden.planted) / 4, "what no page shows is in the library only"
    assert not found.keys() & garden.drafts.planted.keys()


@pytest.mark.slow
def test_a_record_taken_back_leaves_nothing_in_the_next_build(garden, tmp_path):
    folder, word = sites.make_site(tmp_path), "zqxttttkzq"
    shutil.copy(sites.ROOT / "mkdocs.yml", folder)
    shutil.copytree(sites.ROOT / "overrides", folder / "overrides")
    for visibility, holds in (("public", True), ("members", False)):
        text = f"visibility: {visibility}\ntitle: El caso {word}\naliases: [{word}-viejo]\n"
        sites.write(folder, f"cases/{word}.md", sites.changed(Case, text).encode())
        sites.write(folder, f"cases/{word}/plano.csv", word.encode())
        site = Pipeline(folder).build(Checker(folder).check(), "public")
        assert bool(hunt(site)) is holds


RECORDS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["case", "minutes", "organization", "term"]),
        "visibility": st.sampled_from([None, "public", "members"]),
        "status": st.sampled_from([None, "draft", "archived"]),
        "rule": st.sampled_from(["open", "chatham-house", "confidential"]),
        "minutes_status": st.sampled_from([None, "draft", "amendment-window", "approved", "corrected"]),
        "body_of": st.sampled_from(["core-group", "external"]),
        "refers_to": st.sets(st.integers(0, 5), max_size=3),
    }
)


def goes_out(said):
    """What the rules say, in other words than the code's: closed by default."""
    is_minutes = said["kind"] == "minutes"
    if said["status"] == "draft" or said["visibility"] == "members":
        return False
    if not is_minutes:
        return True
    finished = said["minutes_status"] in ("amendment-window", "approved", "corrected")
    finished = finished or (said["minutes_status"] is None and said["body_of"] == "external")
    return said["visibility"] == "public" and finished and said["rule"] != "confidential"


def random_site(drawn):
    """Sources, attachments, and the canaries that must not go out and those that must."""
    aviary, out, kept = Aviary(), set(), set()
    names = [aviary.word("id") for _ in drawn]
    names = [
        f"2025-12-15-{name}" if said["kind"] == "minutes" else name for name, said in zip(names, drawn, strict=True)
    ]
    sources, assets = [], []
    for name, said in zip(names, drawn, strict=True):
        cls = KINDS[said["kind"]]
        inside = {key: aviary.word(key) for key in ("alias", "body", "text", "asset", "source")}
        anonymous = said["kind"] == "minutes" and said["rule"] == "chatham-house"
        for key, word in {**inside, "id": name[-10:]}.items():
            is_open = goes_out(said) and not (anonymous and key in ("body", "asset", "source"))
            (out if is_open else kept).add(word.encode())
        values = {"aliases": [inside["alias"]], "sources": [{"title": f"Informe {inside['source']}"}]}
        values |= {key: said[key] for key in ("visibility", "status") if said[key]}
        values[{"organization": "name", "term": "term"}.get(said["kind"], "title")] = f"Nombre {inside['text']}"
        others = [names[index] for index in sorted(said["refers_to"]) if index < len(names) and names[index] != name]
        if said["kind"] in ("case", "minutes"):
            values["related"] = others
        if said["kind"] == "minutes":
            values |= {key: said[key] for key in ("rule", "minutes_status", "body_of") if said[key]}
            values["join_url"] = f"https://{aviary.word('join_url')}.example.org/"
            kept.add(values["join_url"][8:18].encode())
        links = " ".join(f"[ficha]({folder_of(drawn, names, other)}{other}.md)" for other in others)
        unsaid = "" if said["visibility"] else "visibility:\n"
        text = sites.changed(cls, f"{sites.yaml_of(values)}{unsaid}---\n\n{inside['body']}\n\n{links}\n")
        sources.append(Source(f"{cls.kind.folder}/{name}.md", text))
        assets.append(f"{cls.kind.folder}/{name}/{inside['asset']}.csv")
    return sources, assets, out, kept


def folder_of(drawn, names, name):
    return f"../../{KINDS[drawn[names.index(name)]['kind']].kind.folder}/"


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_whatever_the_visibilities_only_what_may_go_out_does(drawn):
    sources, assets, out, kept = random_site(drawn)
    assembler, known = vocabularies()
    assembly, _ = assembler.assemble([*known, *sources])
    assert len(assembly.records) == len(drawn)
    library = select(assembly, assets, "public")
    assert caught(pickle.dumps(library)) == out
    shown = caught(everything_made(library))
    assert shown <= out
    assert not out & kept


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_the_public_edition_is_the_same_byte_by_byte_whether_what_is_hidden_exists_or_not(drawn):
    """So that no count, order, number of pages or missing step lets anybody infer it."""
    sources, assets, _, _ = random_site(drawn)
    seen = [goes_out(said) for said in drawn]
    only_public = [source for source, is_seen in zip(sources, seen, strict=True) if is_seen]
    assert public_bytes(sources, assets) == public_bytes(only_public, assets)


PLAIN = {
    "attendance": {"total": "9", "by_sector": {"medios": "7", "academia": "1"}},
    "agreements": [{"n": "1", "text": "Publicar la matriz.", "responsible": "unknown", "due": "none"}],
}


@pytest.mark.parametrize(
    "said",
    [
        {"attendance": {"total": "10", "by_sector": {"medios": "7", "academia": "2"}, "women": "4", "men": "6"}},
        {"attendance": {"total": "7", "by_sector": {"medios": "7", "academia": "0"}}},
        {"attendance": {"total": "12", "by_sector": {"medios": "7"}, "few": ["academia"], "organizations": ["agua"]}},
        {"agreements": [{**PLAIN["agreements"][0], "responsible": ["agua"], "supporting": ["agua"], "unseen": "yes"}]},
        {"authors": [{"organization": "agua"}], "organizations": ["agua"], "related": ["agua"]},
        {
            "sources": [{"title": "Otra", "sector": "academia"}],
            "unknowns": [{"kind": "unverified", "text": "No se sabe quién fue."}],
        },
        {"amendments": [{"date": "2026-01-10", "sector": "academia", "text": "Dice 21; debe decir 22."}]},
    ],
)
def test_the_public_edition_is_the_same_byte_by_byte_whoever_was_there_under_the_rule(said):
    def made(values):
        text = sites.changed(Minutes, sites.yaml_of({**UNDER_THE_RULE, **PLAIN, **values}))
        member = Source(
            "content/organizations/agua.md", sites.changed(KINDS["organization"], "name: Aguas del valle\n")
        )
        return public_bytes([Source("content/minutes/2025-12-16-regla.md", text), member], [])

    assert made(said) == made({})


def test_a_term_for_members_is_in_no_byte_of_the_public_edition():
    _, known = vocabularies()
    topics = next(source for source in known if source.path.endswith("/topics.yml"))
    hidden = "canario-oculto:\n  es: CANARIO oculto\n  en: CANARIO hidden\n  visibility: members\n"
    text = sites.changed(Case, "visibility: members\ntopics: [canario-oculto]\n")
    sources = [Source(topics.path, topics.text + hidden), Source("cases/interno.md", text)]
    assembly, _ = Assembler().assemble([source for source in known if source is not topics] + sources)
    assert len(assembly.records) == 1
    for edition, seen in (("public", False), ("members", True)):
        assert (b"canario" in everything_made(select(assembly, [], edition)).lower()) is seen


def public_bytes(sources, assets):
    assembler, known = vocabularies()
    assembly, _ = assembler.assemble([*known, *sources])
    assert len(assembly.records) == len(sources)
    return everything_made(select(assembly, assets, "public"))


@cache
def vocabularies():
    """An assembler that has read them once, and their sources."""
    paths = sorted((sites.ROOT / "content/vocabularies").glob("*.yml"))
    return Assembler(), [Source(path.relative_to(sites.ROOT).as_posix(), path.read_text("utf-8")) for path in paths]


def everything_made(library):
    """Every page and export of both languages, as bytes."""
    today = date(2026, 1, 1)
    plans = {lang: list(plan(Site(library, lang, today), ())) for lang in LANGUAGES}
    pages = [
        staged_text(planned.make(), planned.twin, lang).encode()
        for lang, planned_all in plans.items()
        for planned in planned_all
    ]
    addresses = {lang: {planned.path: planned.twin for planned in found} for lang, found in plans.items()}
    made = exports(Exported(library, "public", "https://example.org/", Text("Sitio", "Site"), "1", addresses))
    return b"\n".join([*pages, *(part for export in made for part in (export.path.encode(), export.content))])
