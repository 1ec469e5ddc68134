"""Floor 0: texts, places in them, and what can be said about a place."""
