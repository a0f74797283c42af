"""What the person is asked in a window over the reader: a label, a comment, a value, a path.

Each function asks and passes the answer on; it knows only the screen that it opens, and its host.
"""
