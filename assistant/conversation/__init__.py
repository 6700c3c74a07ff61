"""Follow-up questions made standalone, so that they can be searched and read without the turns before them."""
