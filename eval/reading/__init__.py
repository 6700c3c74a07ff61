"""How well a reader reads the paragraph that it is given: `byline eval reading`."""
