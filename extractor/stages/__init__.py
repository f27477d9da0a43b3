"""The engine: one file makes one product, and knows no human word."""
