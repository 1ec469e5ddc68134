"""What the machine may refuse: a full disk, a folder without permission, a file that went. It is nobody's bug."""

import errno
import os
import re
from pathlib import Path

from generator.base.text import Text, printable

_FULL = Text("no queda espacio en el disco", "the disk is full")
_NOT_ALLOWED = Text("falta el permiso para escribir o leer", "permission to write or read is missing")
_OF_ANOTHER_KIND = Text(
    "hay un archivo donde va una carpeta, o al revés", "a file stands where a folder goes, or the reverse"
)
_TOO_MANY = Text("hay demasiados archivos abiertos", "too many files are open")
_REASONS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: Text("un archivo pasa del tamaño que se permite aquí", "a file is larger than is allowed here"),
    errno.EROFS: Text("el disco es de solo lectura", "the disk is read-only"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EIO: Text("el disco no responde", "the disk does not answer"),
    errno.ENOENT: Text(
        "falta un archivo, o se borró mientras se usaba", "a file is missing, or was deleted while in use"
    ),
    errno.ELOOP: Text("un archivo cambió mientras se leía", "a file changed while it was read"),
    errno.ENOTDIR: _OF_ANOTHER_KIND,
    errno.EADDRINUSE: Text(
        "otro programa usa ese puerto; elija otro con «--port»",
        "another program uses that port; choose one with “--port”",
    ),
    errno.EBUSY: Text("otro programa usa un archivo", "another program is using a file"),
    errno.EISDIR: _OF_ANOTHER_KIND,
    errno.EEXIST: Text("ya hay otro archivo con ese nombre", "another file has that name already"),
    errno.ENOTEMPTY: _OF_ANOTHER_KIND,
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: Text("no alcanza la memoria", "there is not enough memory"),
}
_SENTENCE = Text(
    "No se pudo terminar: {reason}{place}. Lo publicado sigue como estaba; corríjalo y repita la orden.",
    "Could not finish: {reason}{place}. What is published stays as it was; mend this and run the command again.",
)


def fault(error: Exception, root: Path) -> Text | None:
    """One sentence for what the machine refused, with the place relative to `root`; None for a bug of ours."""
    number = errno.ENOMEM if isinstance(error, MemoryError) else getattr(error, "errno", None)
    if number is None and isinstance(error, OSError):
        # shutil gathers the errors of many files into one that keeps only their words.
        found = re.search(r"\[Errno (\d+)\]", str(error))
        number = int(found[1]) if found else None
    if number not in _REASONS:
        return None
    path = getattr(error, "filename", None)
    inside = isinstance(path, str) and not (shown := os.path.relpath(path, root)).startswith("..")
    return _SENTENCE.telling(reason=_REASONS[number], place=f" («{printable(shown)}»)" if inside else "")
