"""Which names are one thing: what they say for themselves, and what people decided."""
