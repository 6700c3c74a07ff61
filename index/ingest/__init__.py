"""How articles get in: from files, folders and addresses to what the catalogue keeps of them."""
