"""Data in and out: progress for another machine, questions for and from other programs."""
