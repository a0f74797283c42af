"""What the article view does without a screen: its styles, its rows, what is drawn in them, drags."""
