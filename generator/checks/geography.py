"""Coordinates: in the world, and near what they are said to be in."""

from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Text
from generator.library.repository import Repository
from generator.records.case import Case

OUTSIDE_THE_WORLD = Rule(
    "KB323",
    "coordinates-outside-the-world",
    Severity.ERROR,
    Text("{lat}, {lon} no es un lugar de la Tierra", "{lat}, {lon} is not a place on Earth"),
    Text(
        "la latitud va de -90 a 90 y la longitud de -180 a 180; revise el punto decimal",
        "latitude goes from -90 to 90, longitude from -180 to 180; check the decimal point",
    ),
)
FAR_FROM_COUNTRY = Rule(
    "KB324",
    "coordinates-far-from-country",
    Severity.ERROR,
    Text("{lat}, {lon} queda lejos de {country}", "{lat}, {lon} is far from {country}"),
    Text(
        "¿están al revés la latitud y la longitud, o falta el signo menos? El Perú está entre -18.4 y 0 de latitud, -81.4 y -68.6 de longitud",
        "are latitude and longitude swapped, or is the minus sign missing? Peru lies between latitudes -18.4 and 0, longitudes -81.4 and -68.6",
    ),
)
_MARGIN = 1.0
"""Degrees, about 110 km: a place at a border or off a coast is near."""


def check(repository: Repository) -> Iterator[Diagnostic]:
    countries = repository.library.vocabularies.get("countries")
    for case, document in repository.of(Case):
        if case.location is None:
            continue
        lat, lon = case.location.lat, case.location.lon
        place = document.at(["location"])
        facts = {"lat": str(lat), "lon": str(lon)}
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            yield OUTSIDE_THE_WORLD.at(document.source, place, **facts)
            continue
        named = [countries.terms[code] for code in case.countries] if countries else []
        boxes = [(term, term.bounds) for term in named if term.bounds]
        if boxes and not any(
            south - _MARGIN <= lat <= north + _MARGIN and west - _MARGIN <= lon <= east + _MARGIN
            for _, (south, west, north, east) in boxes
        ):
            yield FAR_FROM_COUNTRY.at(document.source, place, country=boxes[0][0].label, **facts)
