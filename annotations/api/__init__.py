"""The API for scripts: reads a database, converts it for other libraries, and changes it with edits."""
