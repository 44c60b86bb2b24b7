"""From an abstract to a draft: the records a curator starts from, none of which answers a question as it stands."""
