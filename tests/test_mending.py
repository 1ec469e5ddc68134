"""`kb check --fix`: mends what has one right answer, touches nothing else, says what it did."""

import json

import pytest
import sites

from generator import cli, commands
from generator.base.text import Edit, Span, edited
from generator.checking import Checker
from generator.editing.changes import Changes, show, shown
from generator.editing.mending import mend
from generator.editing.writing import write
from generator.rulebook import all_rules, rule_page

AGUA = "cases/agua.md"
SAID_OTHERWISE = {"KB102", "KB103", "KB104", "KB208", "KB212", "KB215"}
"""Rules whose hint names what to type in words: spaces, quotes, nothing at all."""


def kb(folder, *words):
    return cli.main(["--root", str(folder), *words])


def fixed(folder, *examples):
    sites.make_site(folder, *examples)
    kb(folder, "check", "--fix", "--format", "human")
    return folder


def test_many_slips_of_a_file_are_mended_at_once_and_the_rest_survives_byte_for_byte(tmp_path):
    record = sites.changed(sites.record_class(AGUA), "created: 2026-11-23   # cuándo\n")
    record = record.replace("- title:", "- {title: Informe}\n# de la base\n- title:")
    good = record.replace("\ntitle:", "\n# lo primero\ntitle:   ").replace("\n\n## Q", "  \nsigue\n\n\n## Q")
    slips = (
        good.replace("2026-11-23   # c", "23/11/2026   # c").replace("topics:", "Temas:").replace("- agua", "-  'Agua'")
    )
    slips = slips.replace("result: mixed", "resultado:  Resultado mixto ").replace("title:   ", "title:\t  ")
    assert fixed(tmp_path, sites.file(AGUA, slips))
    assert (tmp_path / AGUA).read_text("utf-8") == good.replace("- agua", "-  agua").replace(
        "result: mixed", "result:  mixed"
    ).replace("title:   ", "title:\t  ")
    assert sites.findings(tmp_path) == ""


def test_windows_marks_and_line_ends_go_and_hidden_characters_beyond_those_reported_are_not_lost(tmp_path):
    folder = sites.make_site(tmp_path)
    text = (folder / sites.BASE["case"]).read_text("utf-8")
    hidden = text.replace("Aquí", "A\u200bquí" + "\u00ad" * 20)
    sites.write(folder, sites.BASE["case"], b"\xef\xbb\xbf" + hidden.replace("\n", "\r\n").encode())
    kb(folder, "check", "--fix", "--format", "human")
    assert (folder / sites.BASE["case"]).read_bytes() == text.encode()


def test_a_control_character_may_stand_for_a_letter_and_stays_where_it_is(tmp_path):
    text = sites.changed(sites.record_class(AGUA), "created: 23/11/2026\n").replace("Aquí", "Aq\x93uí", 1)
    fixed(tmp_path, sites.file(AGUA, text))
    assert (tmp_path / AGUA).read_bytes() == text.replace("23/11/2026", "2026-11-23").encode()


def test_errors_that_hide_one_another_are_mended_line_by_line(tmp_path):
    text = "created:2026-11-23\ntitle: Agua: la mesa\nsummary: “" + "Tres comunidades midieron el agua del valle y " * 2
    fixed(tmp_path, sites.fields(AGUA, f"{text}publicaron.”\nlevel: Regional\ntopics:\n\t- Agua\n"))
    assert sites.findings(tmp_path) == ""
    assert 'title: "Agua: la mesa"\n' in (tmp_path / AGUA).read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "created: hacia 2016\n",
        "period: {start: 2024-02-30}\n",
        "money: [{concept: canon, amount: '1,500', currency: PEN}]\n",
        "topics: [presupuestos]\n",
        "result: mixto\n",
        "enabling: Agua, tiempo y paz\n",
        "sources: [{title: Informe, url: www.gob.pe}]\n",
        "titulo: Otro título del agua\n",
        "title: Agua: el valle\n  y sus comunidades\n",
        "title: Agua: el valle  # provisional\n",
        "authors: Equipo editorial\n",
    ],
)
def test_what_may_mean_two_things_is_left_to_its_author(text, tmp_path):
    sites.make_site(tmp_path, sites.fields(AGUA, text))
    before = (tmp_path / AGUA).read_bytes()
    said = sites.findings(tmp_path)
    assert said
    assert kb(tmp_path, "check", "--fix", "--format", "human") == commands.ERRORS
    assert (tmp_path / AGUA).read_bytes() == before
    assert sites.findings(tmp_path) == said


def test_what_differs_shows_and_nothing_is_written_when_only_a_diff_is_wanted(tmp_path, capsys):
    sites.make_site(tmp_path, sites.fields(AGUA, "created: 23/11/2026\ntopics: [Agua]\n"))
    before = (tmp_path / AGUA).read_bytes()
    kb(tmp_path, "check", "--diff", "--format", "human")
    said = capsys.readouterr().out
    assert "--- cases/agua.md\n+++ cases/agua.md\n@@ " in said
    assert "-created: 23/11/2026\n+created: 2026-11-23\n" in said
    assert "\033" not in said
    assert (tmp_path / AGUA).read_bytes() == before


def test_a_sign_that_only_some_take_for_the_end_of_a_line_breaks_no_line_of_a_diff():
    changes = Changes({AGUA: "a\u2028b\x0cc\nd\n".encode()}, {AGUA: "a\u2028b\x0cc\ne\n".encode()})
    assert shown(changes, "es").split("\n")[2:] == ["@@ -1,2 +1,2 @@", " a\u2028b\x0cc", "-d", "+e", ""]


def test_a_terminal_gets_colours_and_no_escape_of_an_author(monkeypatch):
    changes = Changes({AGUA: b"a\n"}, {AGUA: b"b \x1b[2J\tc\n"})
    assert "\x1b[2J" in shown(changes, "es")
    terminal = type(
        "Terminal", (), {"isatty": lambda _: True, "write": lambda self, text: setattr(self, "said", text)}
    )()
    monkeypatch.setenv("TERM", "xterm")
    show(changes, "es", terminal)
    assert "\033[31m-a\033[0m\n\033[32m+b \N{REPLACEMENT CHARACTER}[2J    c\033[0m\n" in terminal.said
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            show(changes, "es", terminal)
        assert "\n-a\n+b \N{REPLACEMENT CHARACTER}[2J    c\n" in terminal.said


def test_a_format_for_programs_stays_alone_on_the_standard_output(tmp_path, capsys):
    sites.make_site(tmp_path, sites.fields(AGUA, "created: 23/11/2026\ntopics: [nada]\n"))
    kb(tmp_path, "check", "--fix", "--format", "json")
    said = capsys.readouterr()
    assert [found["code"] for found in json.loads(said.out)] == ["KB401"]
    assert "+created: 2026-11-23" in said.err


def test_formats_for_programs_carry_the_fix(tmp_path, capsys):
    sites.make_site(tmp_path, sites.fields(AGUA, "topics: [Agua]\n"))
    kb(tmp_path, "check", "--format", "json")
    (found,) = json.loads(capsys.readouterr().out)
    (edit,) = found["fix"]
    assert (edit["text"], edit["line"], edit["end_column"] - edit["column"]) == ("agua", found["line"], len("Agua"))
    kb(tmp_path, "check", "--format", "sarif")
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement["insertedContent"] == {"text": "agua"}
    assert replacement["deletedRegion"] == result["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_fix_types_what_its_hint_says_and_mends(rule, tmp_path):
    folder = sites.make_site(tmp_path, *rule_page(rule).bad)
    checker = Checker(folder)
    for found in checker.check().report.diagnostics:
        for edit in found.fix:
            assert edit.text in found.hint("es") or found.rule.code in SAID_OTHERWISE
            assert 0 <= edit.span.start <= edit.span.end <= len(found.source.text)
    before = checker.check().report.diagnostics
    _, after = mend(checker)
    mended = sum(bool(found.fix) for found in before)
    assert len(after.report.diagnostics) <= len(before) - bool(mended)


def test_real_records_need_no_mending():
    changes, _ = mend(Checker(sites.ROOT))
    assert changes.after == {}


def test_of_edits_that_overlap_the_first_is_made():
    edits = [Edit(Span(2, 4), "X"), Edit(Span(0, 3), "ab"), Edit(Span(5, 5), "!")]
    assert edited("012345", edits) == "ab34!5"


@pytest.mark.parametrize("path", ["README.md", "cases/../README.md", "/x.md", "../x.md", "cases", "content/../x/y.md"])
def test_nothing_is_written_outside_the_folders_of_content(path, tmp_path):
    sites.make_site(tmp_path)
    with pytest.raises(ValueError, match=r".+"):
        write(tmp_path, Changes({path: b""}, {path: b"x"}))


def test_nothing_is_written_through_a_link_to_a_folder(tmp_path):
    sites.make_site(tmp_path / "site")
    (tmp_path / "away").mkdir()
    (tmp_path / "site/content/glossary-2").symlink_to(tmp_path / "away")
    with pytest.raises(ValueError, match="glossary-2"):
        write(tmp_path / "site", Changes(after={"content/glossary-2/x.md": b"x"}))


def test_a_new_file_takes_nobodys_place(tmp_path):
    sites.make_site(tmp_path)
    with pytest.raises(FileExistsError):
        write(tmp_path, Changes(after={sites.BASE["case"]: b"x"}))


def test_a_file_saved_meanwhile_is_not_overwritten(tmp_path, monkeypatch):
    folder = sites.make_site(tmp_path, sites.fields(AGUA, "created: 23/11/2026\n"))
    checker = Checker(folder)
    monkeypatch.setattr(type(checker.reader), "data", lambda _self, _path: b"---\ntitle: otra\n---\n")
    assert mend(checker)[0].after == {}


@pytest.mark.parametrize("sign", ["* ", "– ", "-", "• ", "1. ", "-\u00a0"])
def test_a_whole_list_with_the_signs_of_a_word_processor_is_mended(tmp_path, sign):
    entries = ["- agua", "- ambiente", "- gasto-canon"]
    for first in (0, 1):
        wrong = "\n  ".join(entries[:first] + [entry.replace("- ", sign) for entry in entries[first:]])
        folder = sites.make_site(tmp_path / str(first), sites.fields("cases/agua.md", f"topics:\n  {wrong}\n"))
        changes, checked = mend(Checker(folder))
        if first:
            assert not checked.report.has_errors
            assert b"topics:\n  - agua\n  - ambiente\n  - gasto-canon\n" in changes.after["cases/agua.md"]
        else:  # as one text it may also be told with a hint alone
            assert all("[agua, ambiente, gasto-canon]" in found.hint("es") for found in checked.report.diagnostics)
