"""Suggestions for a whole corpus, made ahead: read by processes here or on a cluster, kept in a folder."""
