"""Claims to stores, queries, lineages and exports."""
