"""Commands that write records, one module each: `add(commands, lang)` declares it, `run(options)` does it."""
