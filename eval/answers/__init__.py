"""How good answers and refusals are: `byline eval answers`, and `byline eval` on the sample."""
