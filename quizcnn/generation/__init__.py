"""From a question and a seed to one variant: the numbers, the filled prompt, the fields with their keys."""
