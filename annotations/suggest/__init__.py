"""Suggesters, which propose spans for a person to decide about, and the process they run in."""
