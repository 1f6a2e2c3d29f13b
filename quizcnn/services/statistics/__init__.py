"""Figures of the record: what was remembered and missed, where the learner stands, and what is coming."""
