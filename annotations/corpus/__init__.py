"""Several documents: which stored document a text is, and figures about what was done."""
