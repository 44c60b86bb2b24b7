"""How a name is folded so that `Vitamin K2`, `vitamin-k2` and `vitamin_k2` are one name, for every layer alike."""

_DROPPED_ASCII = b" \t\n\r-_"
_DROPPED = dict.fromkeys(map(ord, " \t\n\r-_\u00a0\u2010\u2011\u2012\u2013\u2014\u3000\uff0d\u30fb\u00b7"))


def fold(name: str) -> str:
    """Return `name` as it is looked up: compatible characters alike, no case, blanks, hyphens or underscores."""
    if name.isascii():
        return name.lower().encode().translate(None, _DROPPED_ASCII).decode()
    from unicodedata import normalize  # only names beyond ASCII need the tables

    return normalize("NFKC", name).casefold().translate(_DROPPED)
