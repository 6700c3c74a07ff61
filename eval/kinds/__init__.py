"""Questions of every kind over articles of their own, written without a look at the code."""
