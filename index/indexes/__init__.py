"""The two search indexes, words and vectors: opened, asked, kept up with the catalogue, mended."""
