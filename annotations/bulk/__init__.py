"""Suggestions for a whole corpus, made in advance by processes here or on a cluster, and kept in a folder."""
