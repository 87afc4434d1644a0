"""Sample articles of our own writing."""
