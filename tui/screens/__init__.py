"""The windows that open over the reader, and the screen of the first run."""
