"""One JSON object a line for each row of an answer, as it comes, for programs that read a stream."""

from collections.abc import Iterable

from bonerx.answer import Answer
from bonerx.render.json import encoder
from bonerx.render.options import Options


def render(answer: Answer, options: Options) -> Iterable[str]:
    """The rows of an answer, each an object keyed by column."""
    encode = encoder(options)
    columns, rows = answer.records
    for row in rows:
        yield encode(dict(zip(columns, row, strict=True))) + "\n"
