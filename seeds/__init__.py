"""Curated data of the package: entities with aliases, licences, lineages, articles."""
