"""Lists: that no entry stands in one twice."""

from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.model.fields import is_list, part_in
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Location, Places

REPEATED_ENTRY = Rule(
    "KB325",
    "repeated-entry",
    Severity.ERROR,
    Text("«{value}» está dos veces en la misma lista", "“{value}” stands in the same list twice"),
    Text("deje una sola", "keep just one"),
)


def check_record(record: Record, document: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    if record.origin.translation_path:
        return  # what it does not translate is the original's
    for location, value in _repeated(record, ()):
        yield REPEATED_ENTRY.at(document.source, document.at(location), value=value)


def _repeated(holder: BaseModel, above: Location) -> Iterator[tuple[Location, str | int]]:
    for name in _worth_a_look(type(holder)):
        value = getattr(holder, name)
        if not value:
            continue
        place = (*above, name)
        if isinstance(value, BaseModel):
            yield from _repeated(value, place)
        elif len(value) > 1 or isinstance(value[0], BaseModel):
            seen: set[object] = set()
            for index, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from _repeated(entry, (*place, index))
                elif isinstance(entry, str | int) and entry in seen:
                    yield (*place, index), entry
                else:
                    seen.add(entry)


@cache
def _worth_a_look(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that hold lists, or groups of fields that may."""
    return tuple(name for name, field in model.model_fields.items() if is_list(field) or part_in(model, name))
