"""The learned tagger of names: a linear-chain CRF beside the rules."""
