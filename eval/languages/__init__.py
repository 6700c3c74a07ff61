"""How well articles in other languages than English are found."""
