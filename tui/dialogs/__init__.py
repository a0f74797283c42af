"""The questions to the person in a window over the article: a label, a comment, a value, a path.

Each function opens a screen and applies the answer. It depends only on that screen and on its host.
"""
