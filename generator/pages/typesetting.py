"""What every page's text gets last: no line ends between a number and its sign, nor before the number of a source."""

import re

_AS_WRITTEN = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BEFORE_SOURCE = re.compile(r'\s+(?=<sup><a href="#fuente_)')
_NO_BREAK = re.compile(
    r"[ \n](?:(?<=S/.)(?=\d)|(?<=US\$.)(?=\d)|(?<=N\.º.)(?=\d)"
    r"|(?<=\d.)(?=%|(?:mil|millón|millones|million|billion|thousand|km|ha|metros|hectáreas)\b))",
    re.DOTALL,
)
_SOFT_BREAK = re.compile(r"(?<=[^>\n])\n(?=[^<\n])")


def typeset(html: str) -> str:
    """The same page with no-break spaces, and with the line ends of its source made into spaces: both are the same to
    a reader, but a page of spaces packs smaller. What is shown as it was written stays so.
    """
    # Attributes stand between double quotes: an apostrophe need not be five signs.
    parts = _AS_WRITTEN.split(html.replace("&#39;", "'"))
    parts[::2] = (_SOFT_BREAK.sub(" ", _NO_BREAK.sub("\u00a0", _BEFORE_SOURCE.sub("", part))) for part in parts[::2])
    return "".join(parts)
