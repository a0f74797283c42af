"""The list of all documents, and the screen that comes once all are done."""
