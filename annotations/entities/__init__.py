"""Who or what mentions name, and which names are likely one entity's."""
