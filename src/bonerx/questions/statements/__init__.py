"""How statements are found, weighed and put in order."""
