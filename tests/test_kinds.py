"""Each kind of value: what is read, what is refused, and what an author is told to type instead."""

import re
from functools import cache
from typing import Annotated

import pytest
import sites
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import create_model

from generator.base.memo import Memo
from generator.base.nearest import nearest
from generator.base.text import LANGUAGES, Source, slug
from generator.checks import run_all
from generator.library.assemble import Assembler
from generator.library.graph import relate
from generator.library.repository import Repository
from generator.model.decoding import decode, written
from generator.model.fields import Part, about, about_of, part_of
from generator.model.kinds import Date, TermOf, When
from generator.model.scalars import Count, Currency, Id, Number, SourceNumbers, Url, Yes, Zone
from generator.model.translation import translation_of
from generator.reading.characters import decode_text
from generator.reading.files import Reader
from generator.reading.frontmatter import read_document
from generator.records import RECORD_CLASSES
from generator.records.case import RESULT

Result = Annotated[str, RESULT]
Topic = Annotated[str, TermOf("topics")]
Place = Annotated[str, TermOf("places")]
Words = tuple[str, ...]
TRANSLATIONS = tuple(translation_of(cls) for cls in RECORD_CLASSES)


@cache
def base_sources():
    """A small site's texts, without the disk: the real vocabularies and a valid record of each type."""
    read = Reader(sites.ROOT).read().sources
    vocabularies = [source for source in read if source.path.startswith("content/vocabularies/")]
    records = [Source(sites.BASE[cls.kind.name], sites.example_record(cls)) for cls in RECORD_CLASSES]
    return (*vocabularies, *records)


@cache
def vocabularies():
    return Assembler().assemble(base_sources())[0].vocabularies


def tried(kind, typed):
    """What a field of a kind makes of a value as it is typed after the colon: its value, and what is said."""
    field = about("Valor", "Value", hint=("Escriba el valor.", "Write the value."), example="EJEMPLO")
    document, problems = read_document(Source("cases/prueba.md", f"---\nvalue: {typed}\n---\n"))
    assert not problems
    record, found = decode(document, create_model("Probe", __base__=Part, value=(kind, field)), vocabularies())
    return (record.value if record else None), found


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Date, "2011", "2011"),
        (Date, "2011-03", "2011-03"),
        (Date, "2011-03-25", "2011-03-25"),
        (Date, "2024-02-29", "2024-02-29"),
        (When, "2025-12", "2025-12"),
        (When, "2025-12-15", "2025-12-15"),
        (When, "2025-12-15T18:00", "2025-12-15T18:00"),
        (When, "2025-12-15 08:05", "2025-12-15T08:05"),
        (Url, "https://www.gob.pe/a?b=c#d", "https://www.gob.pe/a?b=c#d"),
        (Url, "http://moquegua.gob.pe:8080/", "http://moquegua.gob.pe:8080/"),
        (Url, "https://peru.com./informe", "https://peru.com./informe"),
        (Number, "-17.19", "-17.19"),
        (Number, "1000000", "1000000"),
        (Count, "030", "30"),
        (Yes, "yes", "True"),
        (Yes, "Sí", "True"),
        (Yes, "no", "False"),
        (Id, "2025-12-15-cmq-005", "2025-12-15-cmq-005"),
        (SourceNumbers, "3", "(3,)"),
        (SourceNumbers, "[1, 3]", "(1, 3)"),
        (Currency, "PEN", "PEN"),
        (Zone, "America/La_Paz", "America/La_Paz"),
        (Zone, "America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        (Zone, "UTC", "UTC"),
        (Result, "mixed", "mixed"),
        (Topic, "agua", "agua"),
        (Place, "180101", "180101"),
    ],
)
def test_a_good_value_is_read(kind, typed, value):
    read, said = tried(kind, typed)
    assert not said
    assert str(read) == value


@pytest.mark.parametrize(
    ("kind", "typed", "code", "hint"),
    [
        (Date, "19/04/2023", "KB306", "escriba «2023-04-19»"),
        (Date, "4/19/2023", "KB306", "escriba «2023-04-19»"),
        (Date, "19.4.23", "KB306", "escriba «2023-04-19»"),
        (Date, "2023/4/9", "KB306", "escriba «2023-04-09»"),
        (Date, "04/2023", "KB306", "escriba «2023-04»"),
        (Date, "19 de abril de 2023", "KB306", "escriba «2023-04-19»"),
        (Date, "April 19, 2023", "KB306", "escriba «2023-04-19»"),
        (Date, "setiembre del 2020", "KB306", "escriba «2020-09»"),
        (Date, "hacia 2011", "KB306", "escriba «2011»"),
        (Date, "2023-04-19T18:00", "KB306", "escriba «2023-04-19»"),
        (Date, "ayer", "KB306", "escriba el año «2023», el mes «2023-04» o el día «2023-04-19»"),
        (Date, "0000", "KB306", "escriba el año «2023», el mes «2023-04» o el día «2023-04-19»"),
        (Date, "2023-02-30", "KB307", "si no está seguro, escriba solo «2023-02»"),
        (Date, "31/02/2023", "KB307", "si no está seguro, escriba solo «2023-02»"),
        (Date, "2023-13", "KB307", "si no está seguro, escriba solo «2023»"),
        (Date, "[2023]", "KB303", "escriba «value: 2023»"),
        (When, "15/12/2025 6:00 pm", "KB306", "escriba «2025-12-15T18:00»"),
        (When, "2025-12-15T8:00", "KB306", "escriba «2025-12-15T08:00»"),
        (When, "2025-12-15T25:00", "KB306", "«2025-12-15T18:00»"),
        (When, "2025-12T18:00", "KB306", "«2025-12-15T18:00»"),
        (When, "31/02/2025 18:00", "KB307", "escriba solo «2025-02»"),
        (When, "15/12/2025", "KB306", "escriba «2025-12-15»"),
        (Url, "www.gob.pe", "KB308", "escriba «https://www.gob.pe»"),
        (Url, "https//gob.pe", "KB308", "escriba «https://gob.pe»"),
        (Url, "https://gob.pe/a b", "KB308", "escriba «https://gob.pe/a%20b»"),
        (Url, "«https://gob.pe/a»", "KB308", "escriba «https://gob.pe/a»"),
        (Url, "https://gob.pe y https://peru.com", "KB308", "empieza con «https://» o «http://»"),
        (Url, "https://prensa regional.pe/a", "KB308", "empieza con «https://» o «http://»"),
        (Url, "gob.pe, peru.com", "KB308", "empieza con «https://» o «http://»"),
        (Url, "javascript:alert(1)", "KB308", "empieza con «https://» o «http://»"),
        (Url, "informe.pdf", "KB308", "empieza con «https://» o «http://»"),
        (Url, "https://yo@gob.pe", "KB308", "empieza con «https://» o «http://»"),
        (Number, "1,500,000", "KB309", "escriba «1500000»"),
        (Number, "1.500.000,50", "KB309", "escriba «1500000.50»"),
        (Number, "S/ 350 millones", "KB309", "escriba «350000000»"),
        (Number, "-17,194", "KB309", "escriba «-17.194»"),
        (Number, "17.19° S", "KB309", "escriba «-17.19»"),
        (Number, "mucho", "KB309", "por ejemplo «1500000.50» o «-17.19»"),
        (Number, "NaN", "KB309", "por ejemplo «1500000.50» o «-17.19»"),
        (Number, "1e9", "KB309", "por ejemplo «1500000.50» o «-17.19»"),
        (Count, "18 personas", "KB309", "escriba «18»"),
        (Count, "1,200", "KB309", "escriba «1200»"),
        (Count, "dieciocho", "KB309", "por ejemplo «12»"),
        (Count, "1234567890", "KB309", "por ejemplo «12»"),
        (SourceNumbers, "1, 3", "KB309", "escriba «[1, 3]»"),
        (SourceNumbers, "[]", "KB305", "añada al menos 1 entrada"),
        (Yes, "todavía", "KB310", "escriba una de estas: yes (sí), no"),
        (Result, "logrado", "KB310", "¿quiso decir «success»?"),
        (Result, "Mixto", "KB310", "¿quiso decir «mixed»?"),
        (Result, "malo", "KB310", "failure (no funcionó)"),
        (Currency, "soles", "KB303", "escriba «value: EJEMPLO»"),
        (Zone, "Lima", "KB303", "escriba «value: EJEMPLO»"),
        (Id, "GORE Moquegua", "KB501", "¿quiso decir «gore-moquegua»?"),
        (Id, "gore-moquegua.md", "KB501", "¿quiso decir «gore-moquegua»?"),
        (Id, "¿?", "KB501", "es el nombre del archivo sin «.md»"),
        (Topic, "presupuestos", "KB401", "¿quiso decir «presupuesto-participativo»?"),
        (Place, "Torata", "KB401", "¿quiso decir «180106»?"),
        (str, "[uno]", "KB303", "escriba «value: uno»"),
    ],
)
def test_a_bad_value_is_answered_with_what_to_type(kind, typed, code, hint):
    _, said = tried(kind, typed)
    assert [found.rule.code for found in said] == [code]
    assert hint in said[0].hint("es")
    assert "{" not in said[0].message("es") + said[0].message("en") + said[0].hint("en")


@pytest.mark.parametrize("typed", ["[2023, 2024]", "{year: 2023}"])
@pytest.mark.parametrize("kind", [Date, When, Number, Count, Yes, Url, Id, Result, Topic, Currency])
def test_a_list_or_a_group_in_place_of_one_value_is_named_as_such(kind, typed):
    _, said = tried(kind, typed)
    assert [found.rule.code for found in said] == ["KB303"]
    assert "'" not in said[0].message("es"), "Python's way to write a list is nothing to show to an editor"


def test_a_list_forgotten_is_shown_with_the_authors_own_words():
    topics = about("Temas", "Topics", hint=("Elija temas.", "Choose topics."), example=["agua", "ambiente"])
    model = create_model("Probe", __base__=Part, topics=(Words, topics))
    document, _ = read_document(Source("cases/prueba.md", "---\ntopics: canon, agua\n---\n"))
    _, said = decode(document, model, {})
    assert said[0].hint("es") == "escriba «topics: [canon, agua]»"


def test_an_example_is_quoted_where_a_comma_would_end_it():
    assert written("legal_basis", [{"norm": "Ley 27506, de Canon"}]) == 'legal_basis: [{norm: "Ley 27506, de Canon"}]'


def test_a_wrong_name_in_a_group_is_marked_under_the_name():
    source = Source("content/minutes/prueba.md", "---\nby_sector: {academia: 4, universidades: 3}\n---\n")
    document, _ = read_document(source)
    _, said = decode(document, GROUPS["Attendance"], vocabularies())
    [unknown] = [found for found in said if found.rule.code == "KB401"]
    assert source.text[unknown.span.start : unknown.span.end] == "universidades"


def test_a_long_value_is_not_repeated_whole():
    _, said = tried(Date, "x" * 5000)
    assert len(said[0].message("es")) < 200


@pytest.mark.parametrize(
    ("typed", "last"), [("2011", "2011-12-31"), ("2011-12", "2011-12-31"), ("2012-02", "2012-02-29")]
)
def test_a_partial_date_knows_the_last_day_it_may_mean(typed, last):
    assert str(tried(Date, typed)[0].last) == last


def groups_of(model):
    """A model and every group of fields inside it."""
    yield model
    for field in model.model_fields.values():
        if part := part_of(field.annotation):
            yield from groups_of(part)


GROUPS = {group.__name__: group for cls in (*RECORD_CLASSES, *TRANSLATIONS) for group in groups_of(cls)}
each_field = pytest.mark.parametrize(
    ("group", "name"),
    [pytest.param(group, name, id=f"{key}.{name}") for key, group in GROUPS.items() for name in group.model_fields],
)


@each_field
def test_the_example_of_a_field_is_accepted_as_the_message_types_it(group, name):
    line = written(name, about_of(group.model_fields[name]).example)
    document, problems = read_document(Source("cases/prueba.md", f"---\n{line}\n---\n"))
    assert not problems
    _, said = decode(document, group, vocabularies())
    assert [found for found in said if found.rule.code != "KB301"] == []


@each_field
def test_what_is_asked_of_a_field_is_a_sentence_in_both_languages(group, name):
    told = about_of(group.model_fields[name])
    for lang in LANGUAGES:
        assert re.fullmatch(r"[A-ZÁÉÍÓÚÑ]\S* \S+.*\.", told.hint.to(lang)), told.hint.to(lang)
        assert told.label.to(lang)


@each_field
def test_a_field_named_in_spanish_is_answered_with_its_key_and_not_missed_too(group, name):
    label = slug(about_of(group.model_fields[name]).label.es, "_")
    if label in group.model_fields:
        return  # «sector» is «sector» in both languages
    document, _ = read_document(Source("cases/prueba.md", f"---\n{label}: valor\n---\n"))
    _, said = decode(document, group, vocabularies())
    [unknown] = [found for found in said if found.rule.code == "KB302"]
    assert unknown.hint("es") == f"¿quiso decir «{name}»?"
    assert name not in [found.facts["field"] for found in said if found.rule.code == "KB301"]


class TextDumper(yaml.SafeDumper):
    """Repeats a value instead of marking it with an anchor."""

    def ignore_aliases(self, _data):
        return True


TYPED = (
    *("", " ", "~", "2011-03", "19/04/2023", "31/02/2023", "2025-12-15T18:00", "1,500", "-17.19", "0", "yes", "none"),
    *("unknown", "agua", "180101", "170101", "PE", "mixed", "gore-moquegua", "https://a.pe", "www.a.pe", "x" * 2000),
)
TEXTS = st.sampled_from(TYPED) | st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
KEYS = st.sampled_from(sorted({name for group in GROUPS.values() for name in group.model_fields})) | TEXTS
VALUES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8
)


def changed_inside(draw, value):
    """The value, or something anywhere inside it, replaced."""
    if isinstance(value, dict) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: changed_inside(draw, value[key])}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], changed_inside(draw, value[place]), *value[place + 1 :]]
    return draw(VALUES)


@st.composite
def fields_of(draw, model):
    """Fields as an author may leave them: examples, some of them changed somewhere, and strays."""
    names = draw(st.sets(st.sampled_from(sorted(model.model_fields)), min_size=1))
    values = {name: about_of(model.model_fields[name]).example for name in sorted(names)}
    for name in draw(st.lists(st.sampled_from(sorted(values)), max_size=3)):
        values[name] = changed_inside(draw, values[name])
    return {**values, **draw(st.dictionaries(KEYS, VALUES, max_size=2))}


def assert_said_well(found):
    """It stands inside its source and can be put into words."""
    assert 0 <= found.span.start <= found.span.end <= len(found.source.text)
    for lang in LANGUAGES:
        assert found.message(lang)
        assert found.hint(lang)


@pytest.mark.parametrize("model", [*RECORD_CLASSES, *TRANSLATIONS], ids=lambda model: model.__name__)
def test_whatever_the_fields_hold_they_become_a_record_or_reasons_at_their_place(model):
    @settings(max_examples=60, deadline=None)
    @given(values=fields_of(model))
    def decoded(values):
        block = yaml.dump(values, Dumper=TextDumper, allow_unicode=True, default_style='"')
        document, problems = read_document(Source("cases/prueba.md", f"---\n{block}---\n"))
        if document is None:
            assert problems  # nested deeper than any field
            return
        record, said = decode(document, model, vocabularies())
        assert (record is None) == bool(said)
        for found in said:
            assert_said_well(found)

    decoded()


EXAMPLES = {source.path: source.text.encode() for source in base_sources() if source.path.endswith(".md")}
PATHS = [*EXAMPLES, "cases/otra.md", "cases/mesa-ejemplo.en.md", "content/glossary/canon.en.md"]


@st.composite
def bytes_of_a_file(draw):
    """Any bytes, or a valid record in which some were replaced."""
    data = draw(st.sampled_from(sorted(EXAMPLES.values())))
    start, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
    pieces = st.sampled_from(
        [b"", b"\n", b"---\n", b": ", b"- ", b"[", b"}", b'"', b"\t", b"\r\n", b"\xef\xbb\xbf", b"\xff"]
    )
    middle = draw(
        pieces | st.binary(max_size=30) | st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))
    )
    return draw(st.sampled_from([data[:start] + middle + data[min(end, start + 40) :], middle]))


ASSEMBLER = Assembler()


@settings(max_examples=300, deadline=None)
@given(path=st.sampled_from(PATHS), data=bytes_of_a_file())
def test_whatever_bytes_a_file_holds_it_becomes_a_record_or_reasons_at_their_place(path, data):
    source, problems = decode_text(path, data)
    sources = {source.path: source for source in base_sources()} | ({path: source} if source else {})
    assembly, said = ASSEMBLER.assemble(sources.values())
    library = relate(assembly.records.values(), assembly.translated, assembly.vocabularies, (), assembly.data)
    for found in (*problems, *said, *run_all(Repository(library, assembly, {}), Memo())):
        assert_said_well(found)
    if source is None:
        assert problems
    elif ".en." not in path and path in assembly.broken:
        assert any(found.source.path == path for found in (*problems, *said))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gobierno regional", "gobierno-subnacional"),
        ("gobierno nacionall", "gobierno-nacional"),
        ("empresas", "empresa-minera"),
        ("mina", None),
    ],
)
def test_the_nearest_term_is_the_one_that_has_the_words(typed, meant):
    sectors = {
        "gobierno-nacional": ("Gobierno nacional", "National government"),
        "gobierno-subnacional": ("Gobiernos regionales y locales", "Regional and local governments"),
        "empresa-minera": ("Empresas mineras", "Mining companies"),
    }
    assert nearest(typed, sectors) == meant
