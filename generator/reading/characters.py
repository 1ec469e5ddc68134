"""Bytes as text: their encoding, their line ends, and characters that nobody types on purpose."""

import re
import unicodedata
from itertools import islice

from generator.base.diagnostics import Diagnostic, Rule, Severity
from generator.base.text import Edit, Source, Span, Text

# Control characters, line separators, bidirectional overrides, letters that are blank, invisible joints, tags and
# selectors, in which whole hidden texts can be written.
_NEVER = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
FORBIDDEN = re.compile(f"[{_NEVER}]")
# Emoji need these; between two letters or digits they hide a name or a number from every search.
_JOINTS = "\u200d\ufe0e\ufe0f"
_FORBIDDEN_AND_JOINTS = re.compile(rf"[{_NEVER}]|(?<=[\w{_JOINTS}])[{_JOINTS}](?=[{_JOINTS}]*\w)")
# Cyrillic and Greek letters that look like Latin ones. Not μ, Ω or Δ, which science writes beside them.
_LIKE_LATIN = "\u0400-\u058f\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ffΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχ"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
# Wide and mathematical forms of Latin letters and digits: nobody types them, and an identity number hides in them.
_FORMS = "\uff10-\uff19\uff21-\uff5a\U0001d400-\U0001d7ff"
_MIXED = re.compile(f"[{_FORMS}]|(?<=[{_LATIN}])[{_LIKE_LATIN}]|[{_LIKE_LATIN}](?=[{_LATIN}])")
_WORTH_A_LOOK = re.compile(f"[{_NEVER}{_JOINTS}{_LIKE_LATIN}{_FORMS}]")
"""Most texts have none: one look for all, at what is left without what everybody types."""
_TYPED = bytes([*b"\t\n\r", *range(32, 127)])
BULLETS = "•·▪●○◦‣\uf0b7\uf0a7"
"""Signs that word processors put before the entries of a list."""
MOST_REPORTED = 10
"""A file that is not text at all holds thousands: these are enough to see it."""

NOT_UTF8 = Rule(
    "KB101",
    "not-utf8",
    Severity.ERROR,
    Text(
        "el archivo no está en UTF-8: el byte {byte} no se puede leer",
        "the file is not UTF-8: byte {byte} cannot be read",
    ),
    Text("guárdelo de nuevo con la codificación «UTF-8»", "save it again with encoding “UTF-8”"),
)
BYTE_ORDER_MARK = Rule(
    "KB102",
    "byte-order-mark",
    Severity.WARNING,
    Text("el archivo empieza con una marca invisible (BOM)", "the file starts with an invisible mark (BOM)"),
    Text("guárdelo como «UTF-8» y no «UTF-8 con BOM»", "save it as “UTF-8”, not “UTF-8 with BOM”"),
)
WINDOWS_LINES = Rule(
    "KB103",
    "windows-line-endings",
    Severity.WARNING,
    Text(
        "los finales de línea son de Windows (CRLF) y no de Unix (LF)",
        "line endings are Windows' (CRLF), not Unix' (LF)",
    ),
    Text("elija «LF» en su editor y guarde de nuevo", "choose “LF” in your editor and save again"),
)
FORBIDDEN_CHARACTER = Rule(
    "KB104",
    "forbidden-character",
    Severity.ERROR,
    Text(
        "hay un carácter invisible o de control ({character})",
        "there is an invisible or control character ({character})",
    ),
    Text(
        "bórrelo: suele venir de copiar y pegar; vuelva a escribir la palabra a mano",
        "delete it: it usually comes with copy and paste; type the word again by hand",
    ),
)
MIXED_ALPHABETS = Rule(
    "KB110",
    "mixed-alphabets",
    Severity.ERROR,
    Text(
        "«{character}» ({code}) parece una letra latina y no lo es",
        "“{character}” ({code}) looks like a Latin letter and is none",
    ),
    Text(
        "vuelva a escribir la palabra a mano: tal como está, nadie la encuentra al buscar",
        "type the word again by hand: as it is, nobody finds it by searching",
    ),
)

_DELETE = Text("bórrelo: suele venir de copiar y pegar", "delete it: it usually comes with copy and paste")
_WRITE_AGAIN = (Edit(Span(0, 0), ""),)
"""Nothing to type: a text is always written in UTF-8 without a mark and with LF."""


def decode_text(path: str, data: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    r"""Bytes as text with `\n` line ends, without a byte order mark; None where they are not UTF-8.

    A forbidden character is reported and replaced by U+FFFD: nothing later has to fear it.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = len(_unix_lines(data[: error.start].decode("utf-8")))
        source = Source(path, _unix_lines(data.decode("utf-8", "replace")))
        return None, (NOT_UTF8.at(source, Span(place, place + 1), byte=f"0x{data[error.start]:02X}"),)
    has_mark = text.startswith("\ufeff")
    has_windows_lines = "\r\n" in text
    text = _unix_lines(text.removeprefix("\ufeff"))
    is_plain = not _WORTH_A_LOOK.search(data.translate(None, _TYPED).decode())
    bad = [] if is_plain else list(islice(_FORBIDDEN_AND_JOINTS.finditer(text), MOST_REPORTED))
    source = Source(path, _FORBIDDEN_AND_JOINTS.sub("\N{REPLACEMENT CHARACTER}", text) if bad else text)
    problems = []
    if has_mark:
        problems.append(BYTE_ORDER_MARK.at(source, Span(0, 0), fix=_WRITE_AGAIN))
    if has_windows_lines:
        problems.append(WINDOWS_LINES.at(source, Span(0, 0), fix=_WRITE_AGAIN))
    problems += [_forbidden(source, found) for found in bad]
    if not is_plain:
        problems += [
            MIXED_ALPHABETS.at(source, Span(*found.span()), character=found[0], code=f"U+{ord(found[0]):04X}")
            for found in islice(_MIXED.finditer(text), MOST_REPORTED)
        ]
    return source, tuple(problems)


def as_written(data: bytes) -> str:
    """The text of bytes that were decoded, at the same offsets, with the characters that `decode_text` replaces."""
    return _unix_lines(data.decode("utf-8").removeprefix("\ufeff"))


def _forbidden(source: Source, found: re.Match[str]) -> Diagnostic:
    """An invisible mark between letters is no part of a word; a control character may stand for a lost letter."""
    place, is_mark = Span(*found.span()), unicodedata.category(found[0]) == "Cf"
    fix, hint = ((Edit(place, ""),), _DELETE) if is_mark else ((), None)
    return FORBIDDEN_CHARACTER.at(source, place, hint=hint, fix=fix, character=f"U+{ord(found[0]):04X}")


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
