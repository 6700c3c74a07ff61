"""How common a word is in English, by its place in the embedding model's vocabulary."""

from functools import cache, lru_cache

from tokenizers import Tokenizer

from index.embedders.embedder import STATIC_MODEL_FOLDER

_FIRST_WORD = 998  # WordPiece lists single characters first, then words by falling frequency
_RAREST = 30_000
_LONGEST = 100  # letters; a longer word is unknown to WordPiece, not cut into pieces


@lru_cache(1 << 16)
def word_rank(word: str) -> int:
    """About the word's rank by frequency, from 1 (the) to 30,000 (not in the vocabulary as one piece)."""
    small = word.lower()
    if small.isascii() and small.isalpha():
        if (whole := _tokenizer().token_to_id(small)) is not None:
            return max(1, whole - _FIRST_WORD)
        if len(small) <= _LONGEST:
            return _RAREST
    tokens = _tokenizer().encode(small.encode("utf-8", "replace").decode(), add_special_tokens=False).ids
    if len(tokens) != 1:
        return _RAREST
    return max(1, int(tokens[0]) - _FIRST_WORD)


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(STATIC_MODEL_FOLDER / "tokenizer.json"))
