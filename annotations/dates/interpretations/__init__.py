"""How each kind of date expression is turned from its parts into a TIMEX3 value."""
