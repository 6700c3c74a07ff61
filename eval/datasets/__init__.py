"""Other people's data in one form each: questions with the articles that answer them, claims with their texts."""

from eval.datasets.claims import Claim, Half, is_kept, learnt_from, of_half, read_claims
from eval.datasets.questions import Dataset, Layout, Question, json_rows, open_dataset, read_questions

__all__ = [
    "Claim",
    "Dataset",
    "Half",
    "Layout",
    "Question",
    "is_kept",
    "json_rows",
    "learnt_from",
    "of_half",
    "open_dataset",
    "read_claims",
    "read_questions",
]
