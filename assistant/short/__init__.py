"""Which words of a sentence answer a question in short, by the rules of English news."""
