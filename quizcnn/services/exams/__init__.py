"""Exams from blueprint to report: what is shipped, what a run writes beside the papers, reading typed answers, marking them."""
