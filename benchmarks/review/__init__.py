"""What review costs in keys and what passes unseen, by a model of keys and of a person."""
