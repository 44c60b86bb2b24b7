"""How a name is folded so that `Vitamin K2`, `vitamin-k2` and `vitamin_k2` are one name."""

_DROPPED = dict.fromkeys(map(ord, " \t\n\r-_\u00a0\u2010\u2011\u2012\u2013\u2014\u3000\uff0d\u30fb\u00b7"))


def fold(name: str) -> str:
    """Return `name` in the form it is looked up by: compatible characters alike, no case, blanks or hyphens."""
    if not name.isascii():
        from unicodedata import normalize  # only names beyond ASCII need the tables

        name = normalize("NFKC", name)
    return name.casefold().translate(_DROPPED)
