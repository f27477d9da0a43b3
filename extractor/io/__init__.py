"""Input and output: readers of what people have, writers of what they want."""
