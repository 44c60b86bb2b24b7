"""Numerical methods that both kinds of meta-analysis use."""
