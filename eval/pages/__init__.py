"""How well pages are read: `byline eval pages`."""
