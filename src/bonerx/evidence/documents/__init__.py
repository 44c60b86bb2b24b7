"""YAML and JSON files as plain data that knows where it stands."""
