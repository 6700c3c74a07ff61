"""How well search finds: `byline eval retrieval`."""
