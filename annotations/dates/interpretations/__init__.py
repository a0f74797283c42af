"""What each kind of expression means: from its parts to a TIMEX3 value."""
