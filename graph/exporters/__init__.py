"""Writers of views, one format a file."""
