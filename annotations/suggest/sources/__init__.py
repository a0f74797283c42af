"""The sources of suggestions: spaCy pipelines, pattern files and our own rules."""
