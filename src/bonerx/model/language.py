"""The language a reader would like, which not every table has."""


class Wished(str):
    """A language wished for every question: where a table has no text in it, its own first language serves."""

    __slots__ = ()
