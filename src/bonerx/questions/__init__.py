"""The questions that a store of evidence answers, one module each."""
