"""Language-blind tools: tokens, suffixes, lexicons."""
