"""How well follow-ups are understood: `byline eval dialogues`."""
