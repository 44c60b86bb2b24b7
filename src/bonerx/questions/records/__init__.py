"""Listings of what a table holds."""
