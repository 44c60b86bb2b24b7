"""What the trials give beside the statements of an answer."""
