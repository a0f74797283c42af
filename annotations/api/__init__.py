"""A database in a script of one's own: what is in it, for other libraries, and changed by edits."""
