"""What is known of English: states, numbers with what they count, noun phrases, quotations, words of one root."""
