"""Floor 2: files become documents whose every value knows its place."""
