"""The terminal program. Screens are given their service; widgets post messages and know no service."""
