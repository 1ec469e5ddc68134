"""Whatever a stranger commits: an answer in bounded time and memory, and nothing outside is read.

The whole catalogue is tried by `python tests/hostile.py`; here stand those that once hung, swelled or crashed, and a
few of each kind. Its limits, a minute and two gigabytes each, are far from what any of them needs.
"""

import os

import pytest
import sites
from hostile import all_hostile, outcome

from generator.base.diagnostics import MOST_OF_A_RULE
from generator.base.text import MOST_SHOWN, Source, Text, fill
from generator.checking import Checker
from generator.model.vocabulary import read_vocabulary
from generator.reading import files
from generator.reading.characters import decode_text
from generator.report.human import render

HOSTILE = dict(all_hostile())
TRIED = {
    "body: empty headings": "refused KB606",
    "body: headings underlined": "refused KB606",
    "body: 100,000 links to nothing": "refused KB606 KB701",
    "body: links to headings that are not there": "refused KB606 KB702",
    "body: images in images": "refused KB207",
    "body: deep quotes, then many lines": "refused KB207",
    "body: citations": "refused KB606",
    "body: one long citation": "staged",
    "body: a table of 10,000 columns": "staged",
    "body: a long reference used often": "refused KB701",
    "body: identity numbers": "refused KB801",
    "fields: 100,000 unknown terms": "refused KB209",
    "fields: 90,000 unknown records": "refused KB209",
    "fields: 90,000 unknown fields": "refused KB209",
    "fields: 9,900 unknown records": "refused KB504",
    "fields: empty entries": "refused KB209",
    "fields: a billion laughs": "refused KB206",
    "fields: the last month there is": "staged",
    "fields: a number of 900,000 digits": "refused KB309",
    "fields: 1e999999999": "refused KB309",
    "fields: a path up 300,000 folders": "refused KB707",
    "file: a figure of 300,000 measures": "refused KB209",
    "file: broader terms that are not there": "refused KB401 KB406",
    "file: terms that are paths": "refused KB405",
    "disk: a picture of 50 MB": "refused KB706",
    "disk: a table of 5 GB": "refused KB107",
    "disk: a link to a file outside": "refused KB108",
    "disk: a link to a folder outside": "refused KB108",
    "disk: a link to itself": "refused KB108",
    "disk: a pipe": "refused KB108",
    "disk: 1,200 folders inside each other": "refused KB106",
    "disk: names that Windows keeps": "refused KB105",
    "disk: names that differ in case only": "refused KB105",
    "disk: names with control characters": "refused KB105",
    "disk: half a surrogate pair in UTF-8": "refused KB101",
}


@pytest.mark.parametrize("name", TRIED)
def test_what_was_made_to_break_us_is_answered(name):
    assert outcome(HOSTILE[name])[0] == TRIED[name]


def test_thousands_of_findings_of_a_rule_are_counted_and_not_all_printed(tmp_path):
    count = MOST_OF_A_RULE + 50
    body = "".join(f"## {title}\n\nTexto.\n\n" for title in ("Contexto", "Qué se hizo", "Resultados", "Lecciones"))
    folder = sites.make_site(tmp_path, sites.fields("cases/agua.md", f"---\n\n{body}" + "[a](b)\n" * count))
    report = Checker(folder).check().report
    assert report.has_errors
    assert (len(report.diagnostics), report.left_out) == (MOST_OF_A_RULE, 50)
    assert render(report, "es").endswith(f"{MOST_OF_A_RULE} errores, 50 más que no se muestran\n")


def test_a_message_repeats_a_long_value_in_part():
    said = fill(Text("«{value}»", "“{value}”"), {"value": "a" * 10_000}, "es")
    assert len(said) == MOST_SHOWN + 3


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("title: Ley # 29733 de datos", "KB216"),
        ("title: # 29733", "KB216"),
        ("topics: [agua, ambiente # y más\n  ]", "KB216"),
        ("topics: [agua, agua]", "KB325"),
        ("title: Monitoreo del аgua en el valle", "KB110"),
    ],
)
def test_what_would_be_lost_or_doubled_in_silence_is_said(tmp_path, written, code):
    assert code in sites.codes(sites.make_site(tmp_path, sites.fields("cases/agua.md", f"{written}\n")))


@pytest.mark.parametrize(
    "written",
    ["# Un comentario.\ntitle: Ley 29733", 'title: "Ley # 29733 de datos" # comentario', "title: Ley#29733 de datos"],
)
def test_a_comment_that_takes_nothing_away_is_let_be(tmp_path, written):
    assert "KB216" not in sites.codes(sites.make_site(tmp_path, sites.fields("cases/agua.md", f"{written}\n")))


@pytest.mark.parametrize("text", ["10 μg/L de As", "Ω y Δ", "Ñuñoa, Qhapaq Ñan, Ilabaya", "в Москве, νερό"])
def test_other_alphabets_may_stand_in_words_of_their_own(text):
    assert decode_text("x.md", text.encode())[1] == ()


@pytest.mark.parametrize("term", ["../../x", "ag/ua", "ambientе", "a b", ".", "-a"])
def test_a_term_whose_id_cannot_be_part_of_an_address_is_refused(term):
    found = read_vocabulary(Source("content/vocabularies/topics.yml", f'"{term}": {{es: A, en: B}}\n'))[1]
    assert [problem.rule.code for problem in found] == ["KB405"]


@pytest.mark.parametrize("becomes", ["link", "pipe", "giant", "gone"])
def test_a_file_that_is_exchanged_while_it_is_read_is_not_read(tmp_path, becomes, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("---\ntitle: CANARY\n---\n", "utf-8")
    folder = sites.make_site(tmp_path / "site")
    record = folder / sites.BASE["case"]
    look = files.check_place

    def exchange(path, status):
        yield from look(path, status)
        if path == sites.BASE["case"]:
            record.unlink()
            if becomes == "link":
                record.symlink_to(secret)
            elif becomes == "pipe":
                os.mkfifo(record)
            elif becomes == "giant":
                record.write_bytes(b"x" * 2_000_000)

    monkeypatch.setattr(files, "check_place", exchange)
    reading = files.Reader(folder).read()
    assert sites.BASE["case"] not in {source.path for source in reading.sources}
    assert [found.rule.code for found in reading.diagnostics] == ([] if becomes == "gone" else ["KB109"])


def test_a_file_changed_without_a_new_time_or_size_is_read_again(tmp_path):
    folder = sites.make_site(tmp_path)
    reader, record = files.Reader(folder), folder / sites.BASE["case"]
    before = record.stat()
    reader.read()
    record.write_text(record.read_text("utf-8").replace("agua", "AGUA"), "utf-8")
    os.utime(record, ns=(before.st_atime_ns, before.st_mtime_ns))
    (now,) = (source for source in reader.read().sources if source.path == sites.BASE["case"])
    assert "AGUA" in now.text
