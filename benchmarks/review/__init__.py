"""How many keys a review takes and which mistakes it misses, by a model of keys and of a person."""
