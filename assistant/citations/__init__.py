"""Citation marks in a text, and the passages and characters that they point at."""
