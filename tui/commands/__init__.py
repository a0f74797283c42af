"""The commands of the shell that need no screen."""
