"""Ids: one record each, permanent, and what they refer to."""

from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.nearest import nearest
from generator.base.text import Span, Text
from generator.library.references import FieldReference, field_references
from generator.library.repository import Repository
from generator.model.record import Record
from generator.records.minutes import Minutes

DUPLICATE_ID = Rule(
    "KB502",
    "duplicate-id",
    Severity.ERROR,
    Text("«{id}» ya es el identificador de «{other}»", "“{id}” is already the id of “{other}”"),
    Text(
        "un identificador vale para todas las carpetas: cambie el nombre de este archivo",
        "an id is unique across all folders: rename this file",
    ),
)
ALIAS_TAKEN = Rule(
    "KB503",
    "alias-taken",
    Severity.ERROR,
    Text("«{alias}» es también el identificador de «{other}»", "“{alias}” is also the id of “{other}”"),
    Text(
        "una dirección antigua no puede llevar a dos fichas: quítela de una",
        "an old address cannot lead to two records: remove it from one",
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
    Text("quítelo: una ficha no se relaciona consigo misma", "remove it: a record is not related to itself"),
)
BROKEN_CHAIN = Rule(
    "KB506",
    "broken-chain-of-minutes",
    Severity.ERROR,
    Text(
        "«{other}» no dice que «{id}» sea su acta {direction}",
        "“{other}” does not say that “{id}” is its {direction} minutes",
    ),
    Text("escriba «{field}: {id}» en «{path}»", "write “{field}: {id}” in “{path}”"),
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
        "quite la referencia, o haga pública la otra ficha con «visibility: public», o esta «visibility: members»",
        "remove the reference, or make the other record public with “visibility: public”, or this one “visibility: members”",
    ),
)

_DID_YOU_MEAN = Text("¿quiso decir «{nearest}»?", "did you mean “{nearest}”?")
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
    for minutes, _ in repository.of(Minutes):
        yield from _chain(repository, minutes)


def _aliases(repository: Repository) -> Iterator[Diagnostic]:
    owners = {record_id: record.path for record_id, record in repository.library.records.items()}
    for record in repository.library.records.values():
        for index, alias in enumerate(record.aliases):
            other = owners.setdefault(alias, record.path)
            if other != record.path or alias == record.id:
                source, span = repository.place(record, ["aliases", index])
                yield ALIAS_TAKEN.at(source, span, alias=alias, other=other)


def _reference(repository: Repository, record: Record, reference: FieldReference) -> Iterator[Diagnostic]:
    records, aliases = repository.library.records, repository.library.aliases
    source, span = repository.place(record, reference.location)
    found = records.get(aliases.get(reference.id, reference.id))
    if found is None and _is_broken(repository, reference.id):
        return
    if found is None or (reference.types and found.kind.name not in reference.types):
        fitting = {
            other.id: (other.heading,)
            for other in records.values()
            if not reference.types or other.kind.name in reference.types
        }
        guess = nearest(reference.id, fitting)
        wanted = _OF_TYPE.get(reference.types[0], Text("", "")) if reference.types else Text("", "")
        hint = _DID_YOU_MEAN if guess else None
        yield UNKNOWN_RECORD.at(source, span, hint=hint, id=reference.id, wanted=wanted, nearest=guess or "")
    elif found is record:
        yield REFERENCE_TO_ITSELF.at(source, span, id=reference.id)
    elif record.is_public and not found.is_public and record.status != "draft":
        yield PRIVATE_REFERENCE.at(source, span, id=reference.id)


def _is_broken(repository: Repository, record_id: str) -> bool:
    """Whether a file of that name is there and has its own errors: those are said once, at the file."""
    return any(path.endswith(f"/{record_id}.md") for path in repository.assembly.broken)


def _chain(repository: Repository, minutes: Minutes) -> Iterator[Diagnostic]:
    links = (
        ("previous", "next", minutes.previous, Text("siguiente", "next")),
        ("next", "previous", minutes.next, Text("anterior", "previous")),
    )
    for field, inverse, other_id, direction in links:
        other = repository.library.records.get(other_id or "")
        if isinstance(other, Minutes) and getattr(other, inverse) != minutes.id:
            source, span = repository.place(minutes, [field])
            yield BROKEN_CHAIN.at(
                source, span, other=other.id, id=minutes.id, direction=direction, field=inverse, path=other.path
            )
