"""What the guides tell people to type exists, what they point at is there, and both languages tell the same."""

import re
from html import unescape

import pytest
import sites
from test_pages import pages

from generator import cli
from generator.checking import Checker
from generator.model.shape import shapes_of
from generator.pages.door_pages import MOST_WORDS, why
from generator.records import RECORD_CLASSES
from generator.records.page import Page

DOCUMENTS = ("CONTRIBUTING.md", "README.md", "SECURITY.md", "docs/hosting.md")
GUIDES = {"enviar-un-caso": "send-a-case", "redaccion-neutral": "neutral-writing", "guia-de-revision": "review-guide"}
PAGES = tuple(f"content/pages/{path}.md" for pair in GUIDES.items() for path in (f"es/{pair[0]}", f"en/{pair[1]}"))
MADE = re.compile(r"\.venv/|site(?:-members)?/|/|Issues|<|next/|~|cases/agua\.md|topics")
"""What is no file of the repository: built, an address on the site, a pattern."""
_COMMAND = re.compile(r"(?:\.venv/bin/)?(?P<tool>kb|make) (?P<words>[^\n`·]+)")


def text_of(path):
    return (sites.ROOT / path).read_text("utf-8")


def code_in(text):
    """What stands in marks of code, in a line or in a block of commands; not a program's output or configuration."""
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from (line.strip() for kind, block in blocks if kind == "sh" for line in block.splitlines())
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", rest))


def commands_in(text):
    """(kb or make, its words), each once; what stands for a name of one's own is «x»."""
    for code in code_in(text):
        if found := re.match(_COMMAND, code):
            words = re.sub(r"<[^>]+>", "x", found["words"].partition(" #")[0]).replace("--lang en ", "").strip()
            yield found["tool"], words


def targets():
    return set(re.findall(r"^([\w.$()/]+):", text_of("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("path", [*DOCUMENTS, *PAGES])
def test_every_command_that_is_named_exists_and_can_be_parsed(path):
    for tool, words in commands_in(text_of(path)):
        if tool == "make":
            assert words.replace("…", "").strip() in targets(), f"make {words}"
        else:
            parser, arguments = cli._parser("es"), words.split()
            parser.error = lambda said, words=words: pytest.fail(f"kb {words}: {said}")
            if len(arguments) == 1:  # named, not typed: there is such a command
                with pytest.raises(SystemExit, match="0"):
                    parser.parse_args([*arguments, "--help"])
            else:
                assert parser.parse_args(arguments).run


def test_the_documents_name_commands_at_all():
    assert {tool for path in (*DOCUMENTS, *PAGES) for tool, _ in commands_in(text_of(path))} == {"kb", "make"}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_relative_link_leads_somewhere(path):
    text = text_of(path)
    headings = {
        re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in re.findall(r"^#+ (.+)", text, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]+`", "", text)):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert ((sites.ROOT / path).parent / target).exists(), target


@pytest.mark.parametrize("path", [*DOCUMENTS, *PAGES])
def test_every_file_that_is_named_is_there(path):
    for code in code_in(text_of(path)):
        looks_like_a_path = re.fullmatch(r"[\w.][\w./-]*(?:/|\.(?:md|yml|json|toml|py))|\.?\w+/[\w./-]+\.?\w+", code)
        if looks_like_a_path and not MADE.match(code) and "/" in code:
            assert (sites.ROOT / code).exists(), code


def halves(text, mark):
    before, _, after = text.partition(mark)
    assert after
    return before, after


BOTH = {
    **{spanish: (f"content/pages/es/{spanish}.md", f"content/pages/en/{english}.md") for spanish, english in GUIDES.items()},
    "CONTRIBUTING.md": "\n## In English\n",
    "docs/hosting.md": "\n## In English\n",
    "SECURITY.md": "\n## In English\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BOTH)
def test_both_languages_name_the_same_commands_and_have_as_many_parts(name):
    told = BOTH[name]
    spanish, english = halves(text_of(name), told) if isinstance(told, str) else map(text_of, told)
    english = english.partition("\n## Change the generator\n")[0]
    assert set(commands_in(spanish)) == set(commands_in(english))
    for part in (r"^#{2,3} ", r"^ *\d\. ", r"^- ", r"^\|", r"!\["):
        counts = [len(re.findall(part, text, re.MULTILINE)) for text in (spanish, english)]
        spare = 1 if part.startswith("^#") and isinstance(told, str) else 0  # the heading that names the language
        assert counts[0] == counts[1] + spare, part


@pytest.mark.parametrize(("lang", "address"), [("es", "guia-de-campos/"), ("en", "field-guide/")])
def test_the_field_guide_says_of_each_field_its_name_why_it_is_asked_an_example_and_the_words(lang, address, tmp_path):
    folder = sites.make_site(tmp_path)
    vocabularies = Checker(folder).check().assembly.vocabularies
    html = unescape(pages(folder, lang)[address].html)
    for cls in (cls for cls in RECORD_CLASSES if cls is not Page):
        section = html.partition(f'<section id="{cls.kind.name}">')[2].partition("</section>")[0]
        for field in shapes_of(cls):
            label, hint, reason = field.told.label.to(lang), field.told.hint.to(lang), why(field)
            head = rf"<dt>{re.escape(label)} <code>{field.name}</code>[^\n]*</dt>\n<dd><p>{re.escape(hint)}"
            told = re.search(rf"{head}(.*?)(?=\n<dl>|\n</dd>)", section, re.DOTALL)
            assert told, f"{cls.kind.name}.{field.name}"
            entry = told[1]
            assert reason, f"{cls.kind.name}.{field.name}: why=… in its class"
            assert reason.to(lang) in entry, field.name
            assert field.one.part or f"{field.name}:" in entry, field.name
            for word, name in field.one.terms(vocabularies)[: MOST_WORDS if field.one.choices else 0]:
                assert f"<code>{word}</code>" in entry, field.name
                assert name.to(lang) in entry, field.name
