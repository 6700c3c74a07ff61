"""From texts to vectors: the static model that comes with Byline, or an embedding of LlamaIndex."""
