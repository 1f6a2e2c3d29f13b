"""Questions whose numbers come from real networks."""
