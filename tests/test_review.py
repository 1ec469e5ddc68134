"""`kb review`: the comment says what a proposal changes, fits where it goes, and nothing in it is read but as text."""

import re
import subprocess

import pytest
import sites

from generator import cli, commands
from generator.reading.prose import blocks, ease, sentences, syllables
from generator.reviewing.comment import MARKER, MOST

CASE, PRACTICE, MINUTES = (sites.BASE[name] for name in ("case", "practice", "minutes"))
LONG = "Aquí se cuenta con mucha calma " + "y más palabras " * 20 + "todo lo que pasó."


def git(folder, *words):
    done = subprocess.run(["git", "-C", folder, *words], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def site(tmp_path):
    folder = sites.make_site(tmp_path / "site")
    sites.commit(folder)
    git(folder, "branch", "base")
    return folder


def change(folder, path, old, new):
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def put(folder, path, told):
    """A valid record of the folder's type with some fields as they are told."""
    sites._put(folder, sites.fields(path, told))


def review(folder, capsys, *words):
    sites.commit(folder, "proposal")
    capsys.readouterr()
    assert cli.main(["--root", str(folder), "review", "--base", "base", *words]) == 0
    told = capsys.readouterr().out
    assert told.startswith(MARKER)
    assert len(told) <= MOST
    assert git(folder, "worktree", "list").count("\n") == 1, "the trees are gone"
    assert git(folder, "status", "--porcelain") == ""
    return told


def outside_code(told):
    """What GitHub reads as Markdown: all but blocks and spans of code."""
    without = re.sub(r"^```\w+$.*?^ {0,3}`{3,} *$", "", told, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", without)


def test_an_error_is_told_with_what_to_type(site, capsys):
    put(site, CASE, "topics: [agua, presupuestos]\n")
    told = review(site, capsys)
    assert f"### `{CASE}`: ficha que cambia" in told
    assert "error[KB401]" in told
    assert "¿quiso decir «presupuesto-participativo»?" in told
    assert "errores: 1" in told
    assert "se compara cuando no haya errores" in told


def test_what_changes_on_the_page_is_told_sentence_by_sentence(site, capsys):
    change(site, CASE, "## Resultados\n", "## Resultados\n\nSe midió el agua. Se publicó.\n")
    told = review(site, capsys)
    assert "+Se midió el agua.\n+Se publicó.\n" in told
    assert "Nada que corregir." in told


def test_what_changes_in_the_file_and_not_on_the_page_is_told_so(site, capsys):
    change(site, CASE, "---\n", "---\n# un comentario\n")
    assert "igual que antes" in review(site, capsys)


def test_a_new_record_is_not_repeated_whole(site, capsys):
    put(site, "cases/otro-caso.md", "title: Otro caso que se propone\n")
    told = review(site, capsys, "--preview", "https://pr-7.example.pages.dev/")
    assert "### `cases/otro-caso.md`: ficha nueva" in told
    assert "nueva; está en la vista previa" in told
    assert "<https://pr-7.example.pages.dev/>" in told
    assert "+Otro caso" not in told


def test_a_record_taken_away_is_told_with_whom_it_leaves_alone(site, capsys):
    (site / CASE).unlink()
    told = review(site, capsys)
    assert f"### `{CASE}`: ficha que se retira" in told
    assert f"### `{PRACTICE}`: no cambia, pero le afecta" in told
    assert "KB504" in told


def test_what_was_wrong_before_elsewhere_is_not_blamed_on_the_proposal(site, capsys):
    change(site, PRACTICE, "maturity: promising", "maturity: nada")
    sites.commit(site, "broken")
    git(site, "branch", "--force", "base")
    change(site, CASE, "## Resultados\n", "## Resultados\n\nSe midió el agua.\n")
    told = review(site, capsys)
    assert "errores: 0" in told
    assert PRACTICE not in told


def test_what_the_main_branch_did_meanwhile_is_not_told(site, capsys):
    git(site, "checkout", "-q", "base")
    change(site, PRACTICE, "maturity: promising", "maturity: innovation")
    sites.commit(site, "meanwhile")
    git(site, "checkout", "-q", "-b", "proposal", "base~1")
    change(site, CASE, "## Resultados\n", "## Resultados\n\nSe midió el agua.\n")
    assert PRACTICE not in review(site, capsys)


def test_how_it_reads_and_its_long_sentences_are_told(site, capsys):
    change(site, CASE, "## Resultados\n", f"## Resultados\n\n{LONG} {'Se midió el agua. ' * 30}\n")
    told = review(site, capsys)
    assert re.search(r"\*\*Lectura:\*\* [\w ]+ \(\d+ de 100 en la escala INFLESZ", told)
    assert "Oraciones largas (1 de más de 40 palabras)" in told
    assert LONG in told


def test_the_perspectives_that_are_missing_are_named(site, capsys):
    put(site, CASE, "perspectives:\n  - {sector: academia, text: Falta medir., source: 1}\n")
    told = review(site, capsys)
    missing = re.search(r"\*\*Miradas que faltan:\*\* (.*)", told)[1]
    assert "`Medios de comunicación`" in missing
    assert "Academia" not in missing


def test_a_practice_that_comes_nearer_to_good_is_named_with_what_it_lacks(site, capsys):
    put(site, "cases/otro-caso.md", "title: Otro caso que se propone\n")
    put(site, PRACTICE, "used_in: [mesa-ejemplo, otro-caso]\n")
    told = review(site, capsys)
    assert f"- `{PRACTICE}`: le falta el campo «validation»." in told
    put(
        site,
        PRACTICE,
        "used_in: [mesa-ejemplo, otro-caso]\nvalidation: {how: Evaluación, by: Universidad, date: '2023'}\n",
    )
    assert f"- `{PRACTICE}`: ya cumple lo que se pide" in review(site, capsys)


def test_a_practice_that_comes_no_nearer_is_not_named(site, capsys):
    change(site, PRACTICE, "## Evidencia\n", "## Evidencia\n\nSe midió el agua.\n")
    assert "Prácticas más cerca" not in review(site, capsys)


def test_a_change_in_english_is_answered_in_english(site, capsys):
    english = CASE.replace(".md", ".en.md")
    cli.main(["--root", str(site), "translate", "mesa-ejemplo"])
    told = review(site, capsys)
    assert f"### `{english}`: new record" in told
    assert "This comment is renewed" in told
    assert "= help:" in told
    put(site, "cases/otro-caso.md", "title: Otro caso que se propone\n")
    told = review(site, capsys)
    assert "Este comentario se renueva" in told
    assert "new record" in told


def test_a_proposal_without_records_is_told_so(site, capsys):
    (site / "README.md").write_text("# Otra cosa\n", "utf-8")
    assert "no cambia ninguna ficha" in review(site, capsys)


def test_what_was_approved_is_compared_with_where_the_proposal_left(tmp_path, capsys):
    approved = "body_of: external\nminutes_status: approved\napproved_on: 2026-01-20\n"
    folder = sites.make_site(tmp_path / "site", sites.fields(MINUTES, approved))
    sites.commit(folder)
    git(folder, "branch", "base")
    put(folder, MINUTES, f"{approved}agenda:\n  - title: Otro punto\n")
    assert "KB330" in review(folder, capsys)


HOSTILE = [
    "@everybody @equipo/secreto",
    "![x](https://example.org/pixel.png)",
    "[aquí](https://example.org/robo)",
    "<img src=https://example.org/x onerror=alert(1)>",
    "<!-- kb review -->",
    "</details><h1>Aprobado</h1>",
    "` @everybody `` ``` ```` https://example.org",
    "https://example.org/solo #1 GH-1",
    "| a | b |",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("place", ["title", "section", "fence", "topic", "sector", "name"])
def test_nothing_that_a_stranger_wrote_is_read_but_as_text(place, words, site, capsys):
    quoted = "'" + words.replace("'", "") + "'"
    if place == "title":
        put(site, CASE, f"title: {quoted}\n")
    elif place == "section":
        change(site, CASE, "## Resultados\n", f"## Resultados\n\n{LONG} {words} {LONG}\n\n{LONG}\n")
    elif place == "fence":
        change(site, CASE, "## Resultados\n", f"## Resultados\n\n{words}\n\n~~~~\n```\n{words}\n```\n~~~~\n")
    elif place == "topic":
        put(site, CASE, f"topics: [{quoted}]\n")
    elif place == "sector":
        change(site, "content/vocabularies/sectors.yml", "es: Academia", f"es: {quoted}")
        change(site, CASE, "## Resultados\n", "## Resultados\n\nSe midió el agua.\n")
    else:
        name = words.replace("/", "-")[:80]
        (site / f"cases/{name}.md").write_bytes((site / CASE).read_bytes())
    told = review(site, capsys)
    read = outside_code(told)
    assert told.count(MARKER) == 1 or MARKER not in read[len(MARKER) :]
    assert set(re.findall(r"<[^>]*>", read)) <= {MARKER, "<details>", "<summary>", "</summary>", "</details>"}
    assert read.count("<details>") == read.count("</details>")
    for sign in ("@", "http", "![", "](", "#1", "GH-", "|", "Aprobado"):
        assert sign not in read, (sign, told)


def test_marks_that_were_there_before_do_not_end_a_block(site, capsys):
    change(site, CASE, "## Resultados\n", "## Resultados\n\n~~~~\n```\n~~~~\n")
    sites.commit(site)
    git(site, "branch", "--force", "base")
    change(site, CASE, "```\n~~~~\n", "```\n~~~~\n\n@everybody\n")
    assert "@" not in outside_code(review(site, capsys))


def test_a_file_name_of_any_bytes_is_told_clean(site, capsys):
    name = "cases/a\n## Aprobado\x1b[31m\u202e`@x`.md".encode() + b"\xff.md"
    with open(bytes(site) + b"/" + name, "wb") as file:  # noqa: PTH123  # a path that is no text
        file.write(b"---\n---\n")
    read = outside_code(review(site, capsys))
    assert "Aprobado" not in read
    assert not re.search("[\x1b\u202e@]", read)


def test_however_much_is_wrong_the_comment_fits_and_ends_well(site, capsys):
    for number in range(60):
        put(site, f"cases/caso-{number:02}.md", "topics: [nada, tampoco]\n" + f"title: {'x' * 900}\n" * 5)
    for number in range(5):
        put(site, f"cases/largo-{number}.md", f"title: Un caso largo número {number}\n---\n{f'{LONG} ' * 400}")
    told = review(site, capsys)
    assert "más que no caben aquí" in told
    assert told.count("\n```") % 2 == 0
    assert told.rstrip().endswith("con la lista de la propuesta.")


def test_personal_data_is_not_repeated_even_where_it_is_taken_out(site, capsys):
    told = f"Aquí está su DNI 45678912 {LONG} {LONG}"
    change(site, CASE, "## Resultados\n", f"## Resultados\n\n{told}\n")
    assert "45678912" not in review(site, capsys)
    git(site, "branch", "--force", "base")
    change(site, CASE, "su DNI 45678912", "todo")
    told = review(site, capsys)
    assert "45678912" not in told
    assert "hay datos personales que quitar" in told


@pytest.mark.parametrize("field", ["visibility: members", "status: draft"])
def test_a_page_that_is_not_public_is_not_shown(field, site, capsys):
    put(site, "cases/otro-caso.md", f"title: Otro caso que se propone\n{field}\n")
    sites.commit(site)
    git(site, "branch", "--force", "base")
    change(site, "cases/otro-caso.md", "## Resultados\n", "## Resultados\n\nSe midió el agua.\n")
    told = review(site, capsys)
    assert "no está en la edición pública" in told
    assert "Se midió" not in told


def test_to_lay_a_stranger_s_tree_out_runs_nothing(site, tmp_path, capsys):
    change(site, CASE, "## Resultados\n", "## Resultados\n\nSe midió el agua.\n")
    (site / "cases/.gitattributes").write_text("*.md filter=lfs export-ignore\n")
    (site / "cases/fuera.md").symlink_to("/etc/passwd")
    sites.commit(site, "proposal")
    ran = tmp_path / "ran"
    for key in ("smudge", "process"):
        git(site, "config", f"filter.lfs.{key}", f"touch {ran}")
    git(site, "config", "filter.lfs.required", "true")
    (site / ".git/hooks").mkdir(exist_ok=True)
    hook = site / ".git/hooks/post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    assert cli.main(["--root", str(site), "review", "--base", "base"]) == 0
    told = capsys.readouterr().out
    assert not ran.exists()
    assert "+Se midió el agua." in told, "nothing hides a file from the review"
    assert "root:" not in told


@pytest.mark.parametrize(
    "words",
    [
        ("--base", "no-such-branch"),
        ("--base", "--output=/nowhere"),
        ("--base", "base", "--head", "-x"),
        ("--base", "base", "--preview", "https://x) [y"),
        ("--base", "base", "--preview", "javascript:alert(1)"),
    ],
)
def test_what_is_no_commit_or_no_address_is_wrong_use(words, site, capsys):
    try:
        code = cli.main(
            ["--root", str(site), "review", *(f"{a}={b}" for a, b in zip(words[::2], words[1::2], strict=True))]
        )
    except SystemExit as left:
        code = left.code
    assert code == commands.WRONG_USE


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("sol", 1), ("agua", 2), ("minería", 4), ("ciudad", 2), ("país", 2), ("guerra", 2), ("quien", 1), ("cooperación", 5),
        ("averigüéis", 4), ("muy", 1), ("mayo", 2), ("rey", 1), ("continúo", 4), ("construir", 2), ("canon", 2),
        ("transparencia", 4), ("yunga", 2), ("leía", 3), ("buey", 1), ("mm", 1),
    ],
)  # fmt: skip
def test_syllables_of_spanish_are_counted_by_its_rules(word, count):
    assert syllables(word, "es") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("water", 2), ("mine", 1), ("mines", 1), ("agreement", 3), ("people", 2), ("the", 1), ("community", 4)],
)
def test_syllables_of_english_are_near_enough(word, count):
    assert syllables(word, "en") == count


def test_the_formulas_are_those_that_are_cited():
    # 100 words of two syllables in 10 sentences: 206.835 - 62.3 * 2 - 10 = 72; 206.835 - 84.6 * 2 - 1.015 * 10 = 27.
    html = "<p>" + "Mesa canon mesa canon mesa canon mesa canon mesa canon. " * 10 + "</p>"
    read = ease(html, "es")
    assert (read.words, read.sentences, read.score, read.level.es) == (100, 10, 72, "bastante fácil")
    read = ease(html.replace("Mesa", "Paper").replace("mesa", "paper"), "en")
    assert (read.score, read.level.en) == (27, "very difficult")


def test_of_a_short_text_nothing_is_said():
    assert ease("<p>Un texto corto.</p>", "es") is None
    table = "<table><tr><td>" + "mesa " * 200 + "</td></tr></table>"
    assert ease(f"<h2>Mesa</h2>{table}<p>Un texto corto.</p>", "es") is None


def test_a_page_is_read_block_by_block():
    html = '<h2>Uno</h2><p>Dos <a href="x>y">tres</a>.<br>Cuatro</p><svg><text>no</text></svg><ul><li>a</li><li>b &amp; c</li></ul>'
    assert blocks(html) == ["Uno", "Dos tres.", "Cuatro", "a", "b & c"]
    assert sentences("Es del D.S. 028-2011-EM. «Otra», dijo. ¿Y esta? Sí: 3.5 m.") == [
        "Es del D.S. 028-2011-EM.",
        "«Otra», dijo.",
        "¿Y esta?",
        "Sí: 3.5 m.",
    ]


def test_a_file_that_cannot_become_a_record_is_told_for_what_it_is(site, capsys):
    (site / "cases/Ñandú del río.md").write_text("---\ntitle: Un caso\n---\n", "utf-8")
    (site / "cases/roto.md").write_text("---\ntitle: [sin cerrar\n---\n", "utf-8")
    assert "### `cases/roto.md`: ficha nueva" in (told := review(site, capsys))
    assert "### `cases/Ñandú del río.md`: ficha nueva" in told
    git(site, "branch", "--force", "base")
    change(site, "cases/roto.md", "cerrar", "terminar")
    assert "### `cases/roto.md`: ficha que cambia" in review(site, capsys)
