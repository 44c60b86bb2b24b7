"""Treatment comparison for osteoporosis from evidence whose every answer traces to a source."""

__version__ = "0.1.0"
