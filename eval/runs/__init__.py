"""What every measuring shares: the collection, the run, intervals, and when an answer is held."""
