"""What there is: the ontology, the core types and the identifiers."""
