"""Floor 7: what editors start from, derived from the record classes."""

import sys
from collections.abc import Mapping

from generator.base.discover import modules_in
from generator.model.vocabulary import Vocabularies


def derived_files(vocabularies: Vocabularies) -> Mapping[str, bytes]:
    """What `kb schema` writes and a test holds current, by path in the repository, sorted: `files` of each module."""
    made = [module.files(vocabularies) for module in modules_in(sys.modules[__name__]) if hasattr(module, "files")]
    return dict(sorted(file for files in made for file in files))
