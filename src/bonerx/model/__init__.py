"""The records of an evidence table and the figures drawn from them: frozen values without behaviour."""
