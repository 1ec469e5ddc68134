"""Floor 3: the language in which records are declared: fields, kinds of value, vocabularies, records."""
