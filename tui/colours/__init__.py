"""Colours, the styles made from them, and the glyphs: what widgets draw with on this terminal."""
