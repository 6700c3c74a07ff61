"""How good is it: measures of retrieval, answers and refusals."""
