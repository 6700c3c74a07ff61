"""How a sentence and the words beside it are given to the network, when it is used and when it is trained."""

from index.span_model.pairs import Pair, Pieces, join

SENTENCE_PIECES, MOST_PIECES = 96, 192  # of the sentence, and of it with the words beside it


def pair_of(sentence: Pieces, beside: Pieces) -> Pair:
    """[CLS] sentence [SEP] what stands beside it [SEP]; what is too long is cut off at the end."""
    return join(sentence, None, beside, MOST_PIECES, asked_most=SENTENCE_PIECES)
