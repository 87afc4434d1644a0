"""Components of the spaCy pipeline, one a file."""
