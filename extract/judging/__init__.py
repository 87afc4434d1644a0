"""One trained judge over all that the rules and the neighbourhood of names propose."""
