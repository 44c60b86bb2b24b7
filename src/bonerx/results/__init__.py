"""What an answer is made of, as types that synthesis fills, questions combine and the formats write."""
