"""Reading what was typed and grading what was read, one module per answer type."""
