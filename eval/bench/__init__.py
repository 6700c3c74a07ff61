"""How fast, and how large: `byline bench`."""
