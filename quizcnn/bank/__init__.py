"""The question bank: its format, reading it, keeping it in a cache, checking it."""
