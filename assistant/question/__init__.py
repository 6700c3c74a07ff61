"""What a question asks for: its kind, words, names and parts, whose words, which days, which states."""
