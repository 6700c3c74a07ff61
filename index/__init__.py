"""The collection: articles in, passages found."""
