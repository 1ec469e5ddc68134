"""Ids: one record each, permanent, and what they refer to."""

from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import DID_YOU_MEAN, named, nearest
from generator.base.text import Edit, Fact, Span, Text
from generator.library.editions import face_of, is_withheld, may_show
from generator.library.graph import names_of_records
from generator.library.naming import record_id
from generator.library.references import FieldReference, field_references, terms_of
from generator.library.repository import Repository
from generator.model.record import Record
from generator.records.minutes import Minutes

DUPLICATE_ID = Rule(
    "KB502",
    "duplicate-id",
    Severity.ERROR,
    Text("«{id}» ya es el identificador de «{other}»", "“{id}” is already the id of “{other}”"),
    Text(
        "cambie el nombre de este archivo: dos fichas no pueden llamarse igual, ni en carpetas distintas",
        "rename this file: two records cannot have the same name, not even in different folders",
    ),
)
ALIAS_TAKEN = Rule(
    "KB503",
    "alias-taken",
    Severity.ERROR,
    Text("«{alias}» ya lleva a «{other}»", "“{alias}” already leads to “{other}”"),
    Text(
        "borre «{alias}» de «aliases»: una dirección no puede llevar a dos fichas",
        "delete “{alias}” from “aliases”: an address cannot lead to two records",
    ),
)
UNKNOWN_RECORD = Rule(
    "KB504",
    "unknown-record",
    Severity.ERROR,
    Text("no hay ninguna ficha «{id}»{wanted}", "there is no record “{id}”{wanted}"),
    Text(
        "escriba el nombre de un archivo que exista, sin «.md»", "write the name of a file that exists, without “.md”"
    ),
)
REFERENCE_TO_ITSELF = Rule(
    "KB505",
    "reference-to-itself",
    Severity.ERROR,
    Text("«{id}» es esta misma ficha", "“{id}” is this record itself"),
    Text("bórrelo: una ficha no se relaciona consigo misma", "delete it: a record is not related to itself"),
)
BROKEN_CHAIN = Rule(
    "KB506",
    "broken-chain-of-minutes",
    Severity.ERROR,
    Text(
        "«{other}» no dice que «{id}» sea su acta {direction}",
        "“{other}” does not say that “{id}” is its {direction} minutes",
    ),
    Text(
        "escriba «{field}: {id}» en «{path}», o corrija el acta que nombra aquí",
        "write “{field}: {id}” in “{path}”, or correct the minutes you name here",
    ),
)
PRIVATE_REFERENCE = Rule(
    "KB511",
    "public-refers-to-members",
    Severity.ERROR,
    Text(
        "una ficha pública se refiere a «{id}», que es solo para miembros",
        "a public record refers to “{id}”, which is for members only",
    ),
    Text(
        "borre la referencia, o escriba «visibility: public» en la otra ficha o «visibility: members» en esta",
        "delete the reference, or write “visibility: public” in the other record or “visibility: members” in this one",
    ),
)

PRIVATE_TERM = Rule(
    "KB514",
    "public-uses-members-term",
    Severity.ERROR,
    Text(
        "una ficha pública usa el término «{id}», que es solo para miembros",
        "a public record uses the term “{id}”, which is for members only",
    ),
    Text(
        "use otro término, o escriba «visibility: public» en el término o «visibility: members» en esta ficha",
        "use another term, or write “visibility: public” in the term or “visibility: members” in this record",
    ),
)

_OTHER_TYPE = Text("existe, pero es de otro tipo: «{path}»", "it exists, but is of another type: “{path}”")
_OF_TYPE = {
    "case": Text(" entre los casos", " among the cases"),
    "minutes": Text(" entre las actas", " among the minutes"),
    "organization": Text(" entre las organizaciones", " among the organisations"),
    "term": Text(" en el glosario", " in the glossary"),
}


def check(repository: Repository) -> Iterator[Diagnostic]:
    for first, second in repository.assembly.clashes:
        yield DUPLICATE_ID.at(repository.document(second).source, Span(0, 3), id=second.id, other=first.path)
    yield from _aliases(repository)
    for record in repository.library.records.values():
        for reference in field_references(record):
            yield from _reference(repository, record, reference)
    yield from _private_terms(repository)
    for minutes, _ in repository.of(Minutes):
        yield from _chain(repository, minutes)


def _private_terms(repository: Repository) -> Iterator[Diagnostic]:
    vocabularies = repository.library.vocabularies
    if all(vocabulary.public is vocabulary for vocabulary in vocabularies.values()):
        return
    for record in repository.library.records.values():
        face = face_of(record, "public")
        for location, mark, term in terms_of(face) if face else ():
            if term not in vocabularies[mark.vocabulary].public.terms:
                yield PRIVATE_TERM.at(*repository.place(record, location), id=term)


def _aliases(repository: Repository) -> Iterator[Diagnostic]:
    owners = {record_id: record.path for record_id, record in repository.library.records.items()}
    for record in repository.library.records.values():
        for index, alias in enumerate(record.aliases):
            other = owners.setdefault(alias, record.path)
            if other != record.path or alias == record.id:
                yield ALIAS_TAKEN.at(*repository.place(record, ["aliases", index]), alias=alias, other=other)


def _reference(repository: Repository, record: Record, reference: FieldReference) -> Iterator[Diagnostic]:
    found = repository.library.called(reference.id)
    if found is None or (reference.types and found.kind.name not in reference.types):
        # A record whose own file has errors is there: what is wrong with it has been said.
        if found or reference.id not in map(record_id, repository.assembly.broken):
            hint, sure, facts = _known_instead(repository, reference, found)
            source, span = repository.place(record, reference.location)
            fix = (Edit(span, sure),) if sure else ()
            yield UNKNOWN_RECORD.at(source, span, hint=hint, fix=fix, id=reference.id, **facts)
    elif found is record:
        yield REFERENCE_TO_ITSELF.at(*repository.place(record, reference.location), id=reference.id)
    elif is_withheld(found) and (face := face_of(record, "public")) and reference in field_references(face):
        yield PRIVATE_REFERENCE.at(*repository.place(record, reference.location), id=reference.id)


def _known_instead(
    repository: Repository, reference: FieldReference, found: Record | None
) -> tuple[Text | None, str | None, dict[str, Fact]]:
    """What to say of an id that names no record of the wanted types: another's path, or the nearest id; and the id
    that was meant, where the record's own name was written.
    """
    wanted = _OF_TYPE.get(reference.types[0], Text("", "")) if reference.types else Text("", "")
    if found:
        return _OTHER_TYPE, None, {"wanted": wanted, "path": found.path}
    names = names_of_records(repository.library, reference.types)
    typed = reference.id.rpartition("/")[2].removesuffix(".md")
    guess = nearest(typed, names)
    return DID_YOU_MEAN if guess else None, named(typed, names), {"wanted": wanted, "nearest": guess or ""}


def _chain(repository: Repository, minutes: Minutes) -> Iterator[Diagnostic]:
    links = (
        ("previous", "next", minutes.previous, Text("siguiente", "next")),
        ("next", "previous", minutes.next, Text("anterior", "previous")),
    )
    for field, inverse, other_id, direction in links:
        other = repository.library.called(other_id)
        if not isinstance(other, Minutes) or other is minutes:
            continue
        if repository.library.called(getattr(other, inverse)) is minutes:
            continue
        if may_show(other, "public") and not may_show(minutes, "public"):
            continue  # public minutes may not name those of members: there the chain has one end
        source, span = repository.place(minutes, [field])
        yield BROKEN_CHAIN.at(
            source, span, other=other.id, id=minutes.id, direction=direction, field=inverse, path=other.path
        )
