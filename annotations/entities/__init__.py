"""The entities that mentions name, and the names that probably belong to one entity."""
