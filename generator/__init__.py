"""The generator: records in, a checked, searchable, bilingual site out."""

import os

# pydantic looks through all installed packages for plugins at import: there are none, and it takes a while.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
