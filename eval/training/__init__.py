"""How the networks of the reader and of the check are trained; nothing here runs when Byline does."""
