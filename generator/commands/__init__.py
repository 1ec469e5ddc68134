"""Commands for those who edit, one module each: `add(commands, lang)` declares it, `run(options)` does it."""
