"""The screen and the keys. The rules about annotations are not here."""

__version__ = "0.2.0"
