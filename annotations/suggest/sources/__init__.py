"""What the suggestions come from: spaCy pipelines, pattern files and rules of our own."""
