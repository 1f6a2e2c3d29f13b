"""What good questions keep to, as far as a machine can tell: one module for each concern, each a function from a question to findings."""
