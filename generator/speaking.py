"""What the library that reads the command line says by itself, in Spanish too."""

import argparse

from generator.base.text import Lang

_IN_SPANISH = {
    "usage: ": "uso: ",
    "positional arguments": "argumentos",
    "options": "opciones",
    "show this help message and exit": "muestra esta ayuda",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "the following arguments are required: %s": "falta: %s",
    "unrecognized arguments: %s": "no se entiende: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "falta su valor",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r no es ninguna de las opciones: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r no sirve aquí",
    "not allowed with argument %s": "no va junto con %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s puede ser: %(matches)s",
}
"""By what the library says in Python 3.11; what a later one says in other words stays English."""


def speak(lang: Lang) -> None:
    """From now on, usage and wrong use are told in a language."""
    words = _IN_SPANISH if lang == "es" else {}
    vars(argparse)["_"] = lambda said: words.get(said, said)  # its own hook for translations
