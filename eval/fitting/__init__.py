"""Fits what the product weighs: each a command of its own."""
