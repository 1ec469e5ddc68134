"""What is remembered of an object goes with it, and what is the same is kept once."""

import gc

import sites

from generator.base.memo import OfEach
from generator.checking import Checker

CASE = "cases/agua.md"


class Thing:
    """An object of its own, whatever it holds."""


def test_a_result_is_made_once_as_long_as_the_inputs_are_the_same():
    made, thing, kept = [], Thing(), OfEach()

    def make():
        made.append(len(made))
        return made[-1]

    assert [kept.get(thing, inputs, make) for inputs in (("a",), ("a",), ("b",), ("b",))] == [0, 0, 1, 1]
    assert kept.get(Thing(), ("b",), make) == 2


def test_what_was_made_of_an_object_is_forgotten_with_it():
    kept = OfEach()
    for number in range(100):
        thing = Thing()
        # Python gives a new object the place of one that is gone: what was told of that one must not be told of it.
        assert kept.get(thing, (), lambda number=number: number) == number
    del thing
    gc.collect()
    assert not kept._known


def test_parts_with_the_same_fields_written_share_the_note_of_it_and_a_copy_has_its_own(tmp_path):
    sources = "sources: [{title: A, publisher: X}, {title: B, publisher: Y}, {title: C}]\n"
    record = Checker(sites.make_site(tmp_path, sites.fields(CASE, sources))).check().assembly.records["agua"]
    first, second, third = (cited.model_fields_set for cited in record.sources)
    assert first is second
    assert (first, third) == ({"title", "publisher"}, {"title"})
    record.sources[0].model_copy(update={"url": None})
    assert first == {"title", "publisher"}
