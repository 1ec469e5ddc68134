"""Every file of the repository that is derived from the model: what `kb schema` writes, and a test holds current."""

import sys
from collections.abc import Mapping

import generator.editors
from generator.base.discover import modules_in
from generator.model.vocabulary import Vocabularies


def derived_files(vocabularies: Vocabularies) -> Mapping[str, bytes]:
    """By path in the repository, sorted; a module of this folder that makes some has `files`."""
    modules = modules_in(sys.modules[generator.editors.__name__])
    made = [module.files(vocabularies) for module in modules if hasattr(module, "files")]
    return dict(sorted(file for files in made for file in files))
