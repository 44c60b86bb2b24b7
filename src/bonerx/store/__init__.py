"""One SQLite file per evidence table: written once when the table is new, read at every question."""
