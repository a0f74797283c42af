"""Date expressions: where they are in a text, and what TIMEX3 type and value they have."""
