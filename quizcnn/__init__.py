"""quizcnn: interview drill for CNNs, deep learning and computer vision."""

__version__ = "0.1.0"
