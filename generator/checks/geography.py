"""Coordinates: in the world, and near what they are said to be in."""

from collections.abc import Iterator
from decimal import Decimal

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.model.record import Record
from generator.model.vocabulary import Term, Vocabularies
from generator.reading.frontmatter import Places
from generator.records.case import Case, Place

OUTSIDE_THE_WORLD = Rule(
    "KB323",
    "coordinates-outside-the-world",
    Severity.ERROR,
    Text("«{lat}, {lon}» no es un lugar de la Tierra", "“{lat}, {lon}” is not a place on Earth"),
    Text(
        "la latitud va de -90 a 90 y la longitud de -180 a 180: revise el punto decimal; si son UTM, páselas a grados",
        "latitude goes from -90 to 90, longitude from -180 to 180: check the decimal point; turn UTM into degrees",
    ),
)
FAR_FROM_COUNTRY = Rule(
    "KB324",
    "coordinates-far-from-country",
    Severity.ERROR,
    Text("«{lat}, {lon}» queda lejos de {country}", "“{lat}, {lon}” is far from {country}"),
    Text(
        "{country} está entre {south} y {north} de latitud, {west} y {east} de longitud: revise las cifras y el país",
        "{country} lies between latitudes {south} and {north}, longitudes {west} and {east}: check figures and country",
    ),
)
_MEANT = Text(
    "¿quiso decir «lat: {better_lat}, lon: {better_lon}»?", "did you mean “lat: {better_lat}, lon: {better_lon}”?"
)
_MARGIN = 1.0
"""Degrees, about 110 km: a place at a border or off a coast is near."""


def check_record(record: Record, document: Places, vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    countries = vocabularies.get("countries")
    if isinstance(record, Case) and record.location and countries and not record.origin.translation_path:
        yield from _location(document, record.location, [countries.terms[code] for code in record.countries])


def _location(document: Places, location: Place, countries: list[Term]) -> Iterator[Diagnostic]:
    lat, lon = location.lat, location.lon
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        yield OUTSIDE_THE_WORLD.at(document.source, document.at(["location"]), lat=str(lat), lon=str(lon))
        return
    boxes = [(term.label, term.bounds) for term in countries if term.bounds]
    if not boxes or any(_near(lat, lon, bounds) for _, bounds in boxes):
        return
    # The usual slips: a minus sign forgotten, the two figures swapped.
    slips = [(y * a, x * b) for y, x in ((lat, lon), (lon, lat)) for a, b in ((-1, -1), (1, -1), (-1, 1), (1, 1))]
    meant = next(((y, x) for y, x in slips for _, bounds in boxes if _near(y, x, bounds)), None)
    country, (south, west, north, east) = boxes[0]
    yield FAR_FROM_COUNTRY.at(
        document.source,
        document.at(["location"]),
        hint=_MEANT if meant else None,
        lat=str(lat),
        lon=str(lon),
        better_lat=str(meant[0]) if meant else "",
        better_lon=str(meant[1]) if meant else "",
        country=country,
        south=f"{south:g}",
        west=f"{west:g}",
        north=f"{north:g}",
        east=f"{east:g}",
    )


def _near(lat: Decimal, lon: Decimal, bounds: tuple[float, float, float, float]) -> bool:
    south, west, north, east = bounds
    return south - _MARGIN <= lat <= north + _MARGIN and west - _MARGIN <= lon <= east + _MARGIN
