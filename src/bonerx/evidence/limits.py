"""How much a table may hold, so that no file exhausts the machine that reads it."""

DOCUMENT_BYTES = 16 * 1024 * 1024
"""Largest YAML or JSON document, and largest text of a source; more than that is for NDJSON, one record a line."""
DEPTH = 40
"""Deepest nesting of lists and mappings, aliases followed."""
ALIASES = 1_000
"""Most aliases (`*name`) in one YAML document."""
NODES = 1_000_000
"""Most values of one document once its aliases are expanded: every scalar, list and mapping, keys left out."""
EXPANDED_CHARACTERS = 4 * DOCUMENT_BYTES
"""Most characters of scalars of one document once its aliases are expanded."""
TEXTS_BYTES = 4 * DOCUMENT_BYTES
"""Most bytes of all the sources' texts of one table together."""
SCALAR_CHARACTERS = 200
"""Longest number or other bare word worth reading as one."""
LINE_BYTES = 1024 * 1024
"""Longest line of an NDJSON file."""
RECORDS = 10_000_000
"""Most records of one NDJSON file."""
FAULTS = 1_000
"""Most faults reported in one go; the rest are counted."""
RECORD_FAULTS = 10_000
"""Most faults listed of one record; a record with more is refused as a whole."""
STREAM_BYTES = 4 * 1024**3
"""Most bytes of NDJSON read at once into memory; a store is built line by line and has no such bound."""
