"""The screen for reading one document, and where each key goes in it."""
