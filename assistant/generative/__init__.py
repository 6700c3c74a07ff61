"""Readers that are language models: prompts, what fits into them, and what becomes of their text."""
