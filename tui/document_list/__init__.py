"""The list of all documents, and the screen that is shown once all are done."""
