"""Search: from a query to the passages that match it best, and why."""
