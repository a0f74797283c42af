"""The parts of the article view that need no screen: styles, rows, what is drawn in them, drags."""
