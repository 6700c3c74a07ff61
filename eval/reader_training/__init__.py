"""How the reader's model is trained; nothing here runs when Byline does."""
