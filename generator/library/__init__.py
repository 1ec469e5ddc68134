"""Floor 5: all records together: what refers to what, and what an edition may see."""
