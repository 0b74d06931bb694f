"""vbprules: volume-based procurement policies as data, decided exactly, with reasons and honest doubt."""

__version__ = "0.1.0"
