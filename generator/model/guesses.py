"""What an author probably meant by a value that cannot be read: the same as the model writes it, or None."""

import re
from decimal import Decimal

from generator.base.text import plain

_DAY, _MONTH, _YEAR, _NAME = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})", r"(?P<name>[a-z]{3,10})\.?"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}[/. -]{_MONTH}[/. -](?P<year>\d{{4}}|\d\d)",
        rf"{_MONTH}[/. -]{_YEAR}",
        rf"{_YEAR}[/. -]{_MONTH}(?:[/. -]{_DAY}(?:[t ]\d.*)?)?",
        rf"(?:{_DAY}[ -]*(?:de )?)?{_NAME}[ -]*(?:del? )?{_YEAR}",
        rf"{_NAME} {_DAY},? {_YEAR}",
    )
)
_WEEKDAY = re.compile(r"^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|[a-z]{3,6}day),? (?:el )?")
_A_YEAR = re.compile(r"\D*((?:19|20)\d\d)\D*")
_ONE_MARK = re.compile(r"\D*\d{1,3}[.,]\d{3}\D*")
_MONTHS = ("ene jan", "feb", "mar", "abr apr", "may", "jun", "jul", "ago aug", "sep set", "oct", "nov", "dic dec")
_MONTH_OF = {start: number for number, starts in enumerate(_MONTHS, 1) for start in starts.split()}
_MOMENT = re.compile(
    r"(?P<day>.+?)(?:t|,? (?:a las )?)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?(?::\d\d)?"
    r" ?(?:(?P<half>[ap])\.? ?m\.?|h|hrs|horas)?(?:-05:?00)?"
)
_NUMBER = re.compile(
    r"(?:s/\.?|us\$|\$|pen|usd)? ?(?P<sign>[+-]?) ?(?P<digits>\d[\d., ]*|[.,]\d+)"
    r"(?P<unit>[a-z ]*?)(?: de)?(?: nuevos)?(?: soles| dolares)?"
)
_TIMES = {"": 1, "mil": 10**3, "millon": 10**6, "millones": 10**6, "million": 10**6, "mil millones": 10**9}
_COMPASS = {"n": "", "norte": "", "north": "", "e": "", "este": "", "east": ""} | dict.fromkeys(
    ("s", "sur", "south", "o", "oeste", "w", "west"), "-"
)
_WEB_ADDRESS = re.compile(r"https?://(?:[^\s/?#@:.]+\.)+[^\s/?#@:.]+\.?(?::\d+)?(?:[/?#]\S*)?")
_TWO_OR_NONE = re.compile(r"[^/?#]*\s|.*[\s,;]\S*(?:://|www\.)", re.IGNORECASE)
_FILE_NAME = re.compile(r"[^/]*\.(?:csv|docx?|jpe?g|md|pdf|png|xlsx?)")


def date_meant(text: str) -> str | None:
    """A partial date; of other words around a year, the year."""
    found = _A_YEAR.fullmatch(text)
    return date_written(text) or (found[1] if found else None)


def date_written(text: str) -> str | None:
    """A partial date, day first as Peruvians write it. It may not exist in the calendar."""
    words = _WEEKDAY.sub("", plain(text).strip())
    for pattern in _DATES:
        if not (found := pattern.fullmatch(words)):
            continue
        parts = found.groupdict()
        day = int(parts.get("day") or 0)
        month = int(parts.get("month") or _MONTH_OF.get((parts.get("name") or "")[:3], 0))
        if parts.get("name") and not month:
            continue
        if month > 12 >= day > 0:
            day, month = month, day
        year = parts["year"] if len(parts["year"]) == 4 else _century(parts["year"])
        return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return None


def _century(year: str) -> str:
    return f"{19 if int(year) > 69 else 20}{year}"


def moment_meant(text: str) -> str | None:
    """A day with its time, `2025-12-15T18:00`."""
    found = _MOMENT.fullmatch(plain(text).strip())
    day = date_meant(found["day"]) if found else None
    if not found or not day or len(day) < 10:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return f"{day}T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def is_plain_number(text: str) -> bool:
    """Whether what a number means is not a guess: «1,500» is fifteen hundred to one and one and a half to another."""
    return not _ONE_MARK.fullmatch(text)


def number_meant(text: str) -> str | None:
    """Digits with a decimal point, from an amount of money or a coordinate."""
    words = plain(re.sub("[°º]", "", text).replace("\N{MINUS SIGN}", "-")).strip()
    if not (found := _NUMBER.fullmatch(words)):
        return None
    unit, sign = found["unit"].strip(), found["sign"].strip("+")
    is_place = unit in _COMPASS or bool(sign)
    sign = _COMPASS.get(unit, "") or sign
    times = _TIMES.get("" if unit in _COMPASS else unit)
    if times is None:
        return None
    digits = _with_decimal_point(found["digits"].replace(" ", ""), is_place=is_place)
    number = f"{Decimal(digits) * times:f}"
    return sign + (number.rstrip("0").rstrip(".") if times > 1 and "." in number else number)


def _with_decimal_point(digits: str, *, is_place: bool) -> str:
    """The last separator is the decimal one, unless it comes twice or three digits of an amount follow it."""
    digits = digits.rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    mark = digits[last]
    other = "." if mark == "," else ","
    groups = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits) is not None
    if digits.count(mark) > 1 or (groups and other not in digits and not is_place):
        return re.sub("[.,]", "", digits)
    return re.sub("[.,]", "", digits[:last]) + "." + digits[last + 1 :]


def is_web_address(text: str) -> bool:
    return _WEB_ADDRESS.fullmatch(text) is not None


def has_scheme(text: str) -> bool:
    return re.match(r"[<\"' ]*https?\b", text, re.IGNORECASE) is not None


def web_address_meant(text: str) -> str | None:
    """None for a file's name, for two addresses, and where a space parts the host."""
    found = re.fullmatch(r"(?:(https?)(?::/{0,2}|/{1,2}))?(.+)", text.strip("<>\"'«»“”‘’ "), re.IGNORECASE)
    if not found or (not found[1] and _FILE_NAME.fullmatch(found[2])) or _TWO_OR_NONE.match(found[2]):
        return None
    address = f"{(found[1] or 'https').lower()}://{found[2]}".replace(" ", "%20")
    return address if is_web_address(address) else None
