"""Where are compiled tables kept, and what happens when they are cleared?"""

from bonerx.answer import Answer, Records
from bonerx.evidence.text import printable
from bonerx.number import counted
from bonerx.page import Cell, Facts, Raw, Section
from bonerx.store.cache import clear, folder, stores


def cached(action: str) -> Answer:
    """Return the folder of compiled tables and how many it holds; with `clear` they are removed."""
    place = folder()
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
        "answer": {"path": place, "stores": held, "headline": done},
        "claims": [],
        "sources": [],
        "caveats": [],
    }

    def view() -> tuple[Section, ...]:
        shown = printable(place, len(place))  # this section is written as it stands
        return (Raw(f"{shown}\n"),) if action == "path" else (Facts(None, (("folder", Cell(place)),)),)

    return Answer(document, "Compiled tables", "", done, view, lambda: Records(("path", "stores"), [(place, held)]))
