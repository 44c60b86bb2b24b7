"""Reads long inputs of many shapes as `init` and `--data` do, and says how each ended, a line an input.

It may use so many seconds of a processor, not of a clock, that only work that grows with the square does not end.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path

PROCESSOR_SECONDS = 240
resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))

from bonerx.draft.read_files import read_publications  # noqa: E402
from bonerx.draft.sentences import split  # noqa: E402
from bonerx.errors import BonerxError  # noqa: E402
from bonerx.evidence.trial_csv import read_trials  # noqa: E402

SIZE = 1_000_000
BIG = 10_000_000
ABSTRACT = 199_000
"""As long as a text that is taken for an abstract may be."""
NBIB = "PMID- 1\nTI  - t\nAB  - Sleep.\n"
RIS = "TY  - JOUR\nTI  - t\nAB  - Sleep.\n"
CSV = "study,treatment,events,n\n"
INPUTS: dict[str, Callable[[], str]] = {
    "lines.txt": lambda: "word word\n" * (BIG // 10),
    "letters.txt": lambda: "a\n" * (SIZE // 2),
    "hyphens.txt": lambda: "abc-\n" * (SIZE // 5),
    "chinese.txt": lambda: "睡眠\n" * (SIZE // 7),
    "labels.txt": lambda: "Title: Sleep\n" * (BIG // 13) + "Sleep.\n",
    "blank.txt": lambda: "Sleep.\n" + "\n" * BIG,
    "word.txt": lambda: "a" * BIG,
    "short-abstract.txt": lambda: "a\n" * (ABSTRACT // 2),
    "stops-abstract.txt": lambda: "Ab cd. " * (ABSTRACT // 7),
    "dots-abstract.txt": lambda: "a" + "." * ABSTRACT,
    "quotes-abstract.txt": lambda: '"a. ' * (ABSTRACT // 4),
    "open-abstract.txt": lambda: "(" * (ABSTRACT // 2) + "]" * (ABSTRACT // 2),
    "word-abstract.txt": lambda: "a" * ABSTRACT,
    "digits-abstract.txt": lambda: "ab.1," * (ABSTRACT // 5),
    "goes-on.nbib": lambda: NBIB + "      a b\n" * (BIG // 10),
    "blank.nbib": lambda: NBIB + "      \n" * (BIG // 7),
    "identifier.nbib": lambda: NBIB + "LID - " + "a" * BIG + "\n",
    "tag.nbib": lambda: NBIB + "AB" + " " * BIG + "\n",
    "authors.nbib": lambda: NBIB + "AU  - Nemo A\n" * (SIZE // 13),
    "title.nbib": lambda: "PMID- 1\nTI  - t\n" + "      a b\n" * (BIG // 10),
    "goes-on.ris": lambda: RIS + "a b\n" * (BIG // 4) + "ER  - \n",
    "blank.ris": lambda: RIS + "\n" * BIG + "ER  - \n",
    "titles.ris": lambda: RIS + "TI  - a\n" * (SIZE // 8) + "ER  - \n",
    "digits.csv": lambda: CSV + f"a,b,{'1' * 100_000}x,3\n" * 10,
    "columns.csv": lambda: "study," * (SIZE // 6) + "\n1\n",
    "quotes.csv": lambda: CSV + '"' * BIG,
}

for name in sys.argv[1:] or INPUTS:
    path = Path(name)
    path.write_text(INPUTS[name](), encoding="utf-8")
    try:
        if path.suffix == ".csv":
            read_trials(name)
            said = "read"
        else:
            found = read_publications([name])
            said = f"{sum(len(split(each.text)) for each in found)} sentences"
    except BonerxError as error:
        said = error.message
    path.unlink()
    print(json.dumps([name, said]), flush=True)
