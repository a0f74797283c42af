"""The side panel: its tabs, their lines, its keys and its place."""
