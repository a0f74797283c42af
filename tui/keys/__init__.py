"""Keys of the keyboard: their names, keyboards for other scripts, keys that are held down, keys of labels."""
