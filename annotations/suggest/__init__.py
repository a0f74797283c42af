"""Suggesters: what proposes spans for a person to decide about, and the process they run in."""
