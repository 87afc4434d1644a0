"""Location to documents to claims."""
