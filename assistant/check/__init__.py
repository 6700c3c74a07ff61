"""The check: whether cited words say what a sentence says. `checking.check` is the one function."""
