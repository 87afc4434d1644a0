"""Graph engines made from a store, thrown away and remade at will."""
