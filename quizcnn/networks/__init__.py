"""Networks as data: layer graphs, and what they come to layer by layer."""
