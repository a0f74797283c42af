"""The local TinyDB file with the annotations, its journal, and the thread that writes them."""
