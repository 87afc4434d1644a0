"""Sources: from a location to documents."""
