"""Colours, the styles made of them, and the glyphs: what widgets draw with on this terminal."""
