"""The claims, quotations and caveats that an answer cites."""
