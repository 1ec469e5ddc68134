"""What every page's text gets last: no line ends between a number and its sign, nor before the number of a source."""

import re

_AS_WRITTEN = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_SOURCE = '<sup><a href="#fuente_'
# Each begins with what is rare, so that the search skips from one to the next.
_BEFORE_NUMBER = re.compile(r"(?:S/|US\$|N\.º)[ \n](?=\d)")
_AFTER_NUMBER = re.compile(r"[0-9][ \n](?=%|(?:mil|millón|millones|million|billion|thousand|km|ha|metros|hectáreas)\b)")
# Written with a plain space, as on any keyboard: 12 345. Years and telephone numbers have other groups.
_THOUSANDS = re.compile(r"(?<![0-9.,-])(?<![0-9.,-] )[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_BLANK_LINES = re.compile(r"\n{2,}")
_SOFT_BREAK = re.compile(r"\n(?<=[^>\n]\n)(?=[^<\n])")


def typeset(html: str) -> str:
    """The same page with no-break spaces, and with the line ends of its source made into spaces: both are the same to
    a reader, but a page of spaces packs smaller. What is shown as it was written stays so.
    """
    # Attributes stand between double quotes: an apostrophe need not be five signs.
    parts = _AS_WRITTEN.split(html.replace("&#39;", "'"))
    parts[::2] = map(_typeset, parts[::2])
    return "".join(parts)


def _typeset(html: str) -> str:
    *before, last = html.split(_SOURCE)
    html = _SOURCE.join((*(part.rstrip(" \n") for part in before), last))
    for place in (_BEFORE_NUMBER, _AFTER_NUMBER):
        html = place.sub(lambda found: f"{found[0][:-1]}\u00a0", html)
    html = _THOUSANDS.sub(_grouped, html)
    return _SOFT_BREAK.sub(" ", _BLANK_LINES.sub("\n", html))


def _grouped(found: re.Match[str]) -> str:
    html, start = found.string, found.start()
    is_in_tag = html.rfind("<", 0, start) > html.rfind(">", 0, start)  # such as the points of a drawing
    return found[0] if is_in_tag else found[0].replace(" ", "\u202f")
