"""Files in, evidence tables out: the only home of YAML and pydantic."""
