"""RDF: what a view holds as quads, and how addresses, literals and prefixes are written."""
