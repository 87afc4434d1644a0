"""Says how well documents are read, against documents that people annotated."""
