"""What is asked of the person in a window over the reader: a label, a comment, a value, a path.

Each function asks and hands the answer on; it knows no screen but the one it opens, and its host.
"""
