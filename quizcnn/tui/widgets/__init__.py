"""Fields and rows of the screens. A widget posts messages and knows no service."""
