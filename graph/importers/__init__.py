"""Readers of RDF files: our own, of which a store is made again, and those of others."""
