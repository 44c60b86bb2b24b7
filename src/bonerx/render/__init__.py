"""Answers drawn in one of several formats, each by the module of its name, which is imported only when asked for."""

from collections.abc import Iterable
from enum import StrEnum

from bonerx.answer import Answer
from bonerx.render.options import Options

__all__ = ["Format", "Options", "render"]


class Format(StrEnum):
    """The ways an answer can be written."""

    TABLE = "table"
    PLAIN = "plain"
    JSON = "json"
    NDJSON = "ndjson"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "markdown"


def render(answer: Answer, form: Format, options: Options) -> Iterable[str]:
    """The text of an answer in pieces, each ending where a line ends."""
    match form:
        case Format.JSON:
            from bonerx.render import json

            return json.render(answer, options)
        case Format.NDJSON:
            from bonerx.render import ndjson

            return ndjson.render(answer, options)
        case Format.CSV:
            from bonerx.render import csv

            return csv.render(answer)
        case Format.TSV:
            from bonerx.render import tsv

            return tsv.render(answer)
        case Format.MARKDOWN:
            from bonerx.render import markdown

            return markdown.render(answer, options)
        case Format.PLAIN:
            from bonerx.render import plain

            return plain.render(answer, options)
        case Format.TABLE:
            from bonerx.render import table

            return table.render(answer, options)
