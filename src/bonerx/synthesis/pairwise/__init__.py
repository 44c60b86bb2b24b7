"""Meta-analysis of one pair of treatments."""
