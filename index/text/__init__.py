"""Texts: decoded, cut into sentences and passages, analysed into words."""
