"""Loads the pipeline where it is imported: in the server that worker processes are forked from."""

from .workers import settle

__all__: list[str] = []

settle()
