"""The command line: options in, a question asked, its answer written to stdout, errors to stderr."""

from bonerx.cli.app import app

__all__ = ["app"]
