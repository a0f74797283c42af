"""The parts of the screen. Each is drawn line by line."""
