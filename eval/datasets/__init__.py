"""Other people's data in one form each: questions with the articles that answer them, claims with their texts."""
