"""Unique words: planted wherever the model has room for one, and hunted in every spelling that a file may hold."""

import base64
import binascii
import gzip
import html
import io
import json
import re
import struct
import urllib.parse
import zipfile
import zlib
from itertools import count
from typing import Annotated

import pikepdf
from pydantic import TypeAdapter, ValidationError

from generator.model.fields import about_of, marks_of, part_of
from generator.model.kinds import Choice, Reference, Shaped, TermOf

CANARY = re.compile(rb"zqx[bdfglmnprt]{4}kzq")
_LETTERS = "bdfglmnprt"


class Aviary:
    """Makes canaries and remembers where each was planted."""

    def __init__(self):
        self.planted = {}
        self._numbers = count()

    def word(self, where):
        """Letters only, and the same backwards from no stemmer's ending: the search index holds it as it is."""
        digits = f"{next(self._numbers):04}"
        canary = "zqx" + "".join(_LETTERS[int(digit)] for digit in digits) + "kzq"
        self.planted[canary.encode()] = where
        return canary

    def filled(self, model, where, ids, wanted=bool):
        """A value for each field of a model that is wanted: canaries where it takes words, else its own example.

        `ids` are those that references name, by the type of record; `wanted` sees what is declared of a field, and
        what it refuses on the way down is refused for good, but for the required fields, which keep their example.
        """
        values = {}
        for name, field in model.model_fields.items():
            told, here = about_of(field), f"{where}.{name}"
            if not wanted(told) and not part_of(field.annotation):
                if field.is_required():
                    values[name] = told.example
                continue
            values[name] = self._value(field, told.example, here, ids, wanted)
        return values

    def _value(self, field, example, where, ids, wanted):
        part = part_of(field.annotation)
        if part:
            many = isinstance(example, list)
            entries = [
                {**({} if wanted(about_of(field)) else entry), **self.filled(part, where, ids, wanted)}
                for entry in (example if many else [example])
            ]
            return entries if many else entries[0]
        marks = list(marks_of(field.annotation, field.metadata, Choice | Reference | Shaped | TermOf))
        if marks and isinstance(marks[0], Reference):
            known = next(iter(ids[kind] for kind in marks[0].types or ids))
            return [known] if isinstance(example, list) else known
        if marks or not isinstance(example[0] if isinstance(example, list) else example, str):
            return example
        takes = TypeAdapter(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
        canary = self.word(where)
        sentence = f"Aquí se dice {canary} y alguna cosa más, para que baste lo que se dice."
        for text in (sentence, canary, f"https://{canary}.example.org/"):
            try:
                value = [text] if isinstance(example, list) else text
                takes.validate_python(value)
            except (ValidationError, ValueError):
                continue
            return value
        del self.planted[canary.encode()]
        return example

    def files(self, where):
        """Attachments by name: each holds a canary in its name and others inside, as such files do."""
        sheet = io.BytesIO()
        with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{self.word(f'{where} entry')}.xml", f"<t>{self.word(f'{where} cell')}</t>" * 9)
        contents = {
            "csv": f"a,b\n{self.word(f'{where} CSV')},2\n".encode(),
            "png": png(self.word(f"{where} PNG author"), self.word(f"{where} PNG comment")),
            "xlsx": sheet.getvalue(),
            "pdf": pdf(self.word(f"{where} PDF text")),
        }
        return {f"{self.word(f'{where} name of {kind}')}.{kind}": data for kind, data in contents.items()}


def pdf(text):
    """One page, its words compressed."""
    made, file = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.pages[0].Contents = made.make_stream(f"({text}) Tj".encode() * 9)
    made.save(file, static_id=True, compress_streams=True)
    return file.getvalue()


def png(author, comment):
    """One grey pixel; the author in plain text, the comment compressed."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"tEXt", b"Author\0" + author.encode()),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(comment.encode() * 9)),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def hunt(folder):
    """Every canary in the names and contents of the files below a folder, each with a file that holds it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        for data in (name.encode(), path.read_bytes() if path.is_file() else b""):
            for canary in caught(data):
                found.setdefault(canary, name)
    return found


def caught(data):
    return {canary for spelt in spellings(data) for canary in CANARY.findall(spelt.lower())}


def spellings(data, depth=0):
    """The bytes as they are, and all they hold when unpacked, decoded or unescaped."""
    yield data
    if depth > 4:
        return
    for inner in (*_unpacked(data), *_unescaped(data)):
        yield from spellings(inner, depth + 1)


def _unpacked(data):
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    # Unescaped, an archive still begins like one.
    if data[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield "\n".join(archive.namelist()).encode()
            yield from (archive.read(name) for name in archive.namelist())
    if data[:4] == b"\x89PNG" or data[:4] == b"%PDF":
        # Chunks and streams that are compressed begin with the same byte.
        for place in re.finditer(rb"x[\x01\x5e\x9c\xda]", data):
            try:
                yield zlib.decompressobj().decompress(data[place.start() :])
            except zlib.error:
                continue


def _unescaped(data):
    if b"z\0q\0x" in data.lower():
        yield data.replace(b"\0", b"")
    text = data.decode("utf-8", "ignore")
    for mark, plain in (("&#", html.unescape), ("%", urllib.parse.unquote)):
        if mark in text and (told := plain(text)) != text:
            yield told.encode()
    if "\\u" in text or "\\x" in text:
        told = re.sub(r"\\(?:u|x)([0-9a-fA-F]{4}|[0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), text)
        if told != text:
            yield told.encode("utf-8", "ignore")
    for token in set(re.findall(rb"[A-Za-z0-9+/_-]{20,}={0,2}", data)):
        try:
            told = base64.urlsafe_b64decode(token.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(token) % 4))
        except (binascii.Error, ValueError):
            continue
        if CANARY.search(told.lower()):
            yield told


SPELLINGS = {
    "as it is": lambda word: word,
    "in capitals": bytes.upper,
    "gzip": lambda word: gzip.compress(word * 9),
    "gzip in zip": lambda word: _zipped(gzip.compress(word * 9)),
    "PNG text": lambda word: png(word.decode(), ""),
    "PNG compressed text": lambda word: png("", word.decode()),
    "base64": lambda word: b"data:text/plain;base64," + base64.b64encode(b"before " + word),
    "percent": lambda word: "".join(f"%{letter:02x}" for letter in word).encode(),
    "HTML entities": lambda word: "".join(f"&#{letter};" for letter in word).encode(),
    "JSON": lambda word: "".join(f"\\u{letter:04x}" for letter in word).encode(),
    "UTF-16": lambda word: word.decode().encode("utf-16"),
    "JSON in gzip": lambda word: gzip.compress(json.dumps([word.decode()]).encode()),
}
"""How each spelling is made, to see that the hunt finds it."""


def _zipped(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.gz", data)
    return packed.getvalue()
