"""Several documents: the stored document for a text, and figures about the work."""
