"""What an article may not do: command whoever reads it."""
