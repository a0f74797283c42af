"""The commands that are run in a shell and do not need the screen."""
