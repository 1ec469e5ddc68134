"""The generator: records in, a checked, searchable, bilingual site out."""
