"""Where are compiled tables kept, and what happens when they are cleared?"""

import os

from bonerx.answer import Answer, Records
from bonerx.evidence.text import printable
from bonerx.number import counted
from bonerx.page import Cell, Facts, Raw, Section
from bonerx.store.cache import clear, folder, stores, why_not


def cached(action: str) -> Answer:
    """Return the folder of compiled tables and how many it holds; with `clear` they are removed."""
    place = folder()
    unused = "there is no home folder to keep one in" if place is None else why_not(os.path.realpath(place))
    held = clear() if action == "clear" else len(stores())
    done = (
        f"Removed {counted(held, 'compiled table')}."
        if action == "clear"
        else f"Holds {counted(held, 'compiled table')}."
    )
    document = {
        "status": "answered",
        "evidence": [],
        "query": {"command": "cache", "action": action},
        "answer": {"path": place, "stores": held, "unused": unused, "headline": done},
        "claims": [],
        "sources": [],
        "caveats": [],
    }

    def view() -> tuple[Section, ...]:
        if action == "path":
            # this section is written as it stands
            return (Raw(f"{printable(place, len(place))}\n"),) if place is not None else ()
        return (Facts(None, (("folder", Cell(place or "–")),)),)

    def records() -> Records:
        return Records(("path", "stores"), [(place, held)])

    remark = f"the cache is not used, and tables are compiled in memory: {unused}" if unused else None
    answer = Answer(document, "Compiled tables", "", done, view, records)
    answer.remark = remark
    return answer
