"""Other people's data in one form each: questions with the articles that answer them, claims with their texts."""

from eval.datasets.questions import Dataset, Layout, Question, json_rows, open_dataset, read_questions

__all__ = ["Dataset", "Layout", "Question", "json_rows", "open_dataset", "read_questions"]
