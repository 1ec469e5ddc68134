"""Floor 7: what editors start from, derived from the record classes."""
