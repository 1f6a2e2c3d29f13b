"""One file a screen; each is given its service in the constructor."""
