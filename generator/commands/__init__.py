"""Commands beyond checking and building, one module each: `add(commands, lang)` declares it, `run(options)` does it."""
