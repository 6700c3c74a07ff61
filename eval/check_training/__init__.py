"""How the check's network is trained. Needs torch, which Byline does not: each script brings its own."""
