"""The address of a meeting's or a chat's room stands in no text that anybody may read: who has it can come in."""

import re
from collections.abc import Iterator

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Span, Text
from generator.library.editions import face_of
from generator.library.references import texts_of
from generator.library.repository import in_body
from generator.model.record import Record
from generator.model.vocabulary import Vocabularies
from generator.reading.frontmatter import Places

ROOM = Rule(
    "KB824",
    "meeting-link-in-public",
    Severity.ERROR,
    Text(
        "aquí hay un enlace para entrar a una reunión o a un grupo, y este texto es público",
        "there is a link into a meeting or a group here, and this text is public",
    ),
    Text(
        "bórrelo; en un acta va en «join_url», que solo ven los miembros, y en una fuente no hace falta",
        "delete it; in minutes it goes to “join_url”, which only members see, and a source does not need it",
    ),
    secret=True,
)
_ROOM = re.compile(
    r"(?:zoom\.us/(?:[jws]|my)/|meet\.google\.com/|teams\.(?:microsoft\.com/l/meetup-join|live\.com/meet)"
    r"|meet\.jit\.si/|webex\.com/(?:meet|\w+/j\.php)|whereby\.com/|chat\.whatsapp\.com/|\bt\.me/(?:\+|joinchat/)"
    r"|signal\.group/|discord\.gg/)[^\s)>\"'\]]+",
    re.IGNORECASE,
)
_SIGNS = (
    b"zoom.us/",
    b"meet.",
    b"teams.",
    b"webex.com/",
    b"whereby.com/",
    b"whatsapp.com/",
    b"t.me/",
    b"signal.group/",
    b"discord.gg/",
)
"""One of these is in every match, in small letters: to look for them costs nothing."""


def check_record(record: Record, places: Places, _vocabularies: Vocabularies) -> Iterator[Diagnostic]:
    written = places.source.text.encode().lower()  # as bytes, three times as fast
    if not any(sign in written for sign in _SIGNS) or not (face := face_of(record, "public")):
        return
    for location, text in texts_of(face):
        found = _ROOM.search(text)
        # What a translation leaves as it is was said of the original.
        if found and (not record.origin.translation_path or found[0] in places.source.text):
            yield ROOM.at(places.source, places.at(location))
    for found in _ROOM.finditer(face.body.text):
        yield ROOM.at(places.source, in_body(places, Span(*found.span())))
