"""The catalogue: the only truth about a collection, from which everything else can be made anew."""
