"""Searching the bank: words in both languages, ids, filters, and what to try where nothing is found."""
