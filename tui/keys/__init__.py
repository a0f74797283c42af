"""Keys by themselves: their names, keyboards of other scripts, keys that are held down."""
