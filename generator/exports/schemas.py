"""For text editors and other programs: the form of every type of record, under an address that stays."""

from collections.abc import Iterator

from generator.editors.schema import schemas
from generator.exports.export import Export, Exported, json_export


def export(exported: Exported) -> Iterator[Export]:
    for path, schema in schemas(exported.library.vocabularies, exported.site_url).items():
        yield json_export(path, schema)
