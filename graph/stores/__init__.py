"""Stores that keep claims."""
