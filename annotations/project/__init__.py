"""The settings and the guidelines of a project."""
