"""Who says what in an article's text."""
