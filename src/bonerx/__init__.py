"""Treatment comparison for osteoporosis from evidence whose every answer traces to a source.

The public names below are imported when they are first used, so that `import bonerx` costs nothing.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as type checkers know it; the module `typing` takes longer to load than all that is done here
if TYPE_CHECKING:
    from typing import Any

    from bonerx import errors
    from bonerx.answer import Answer
    from bonerx.asking import ask
    from bonerx.loading import load
    from bonerx.model.table import EvidenceTable
    from bonerx.questions.combo.question import Combo
    from bonerx.questions.compare.question import Compare
    from bonerx.questions.rank.by_statements import Rank
    from bonerx.questions.records.evidence import Evidence
    from bonerx.questions.records.show import Show
    from bonerx.questions.records.vocabulary import Vocabulary

_HOMES = {
    "Answer": "bonerx.answer",
    "Combo": "bonerx.questions.combo.question",
    "Compare": "bonerx.questions.compare.question",
    "Evidence": "bonerx.questions.records.evidence",
    "EvidenceTable": "bonerx.model.table",
    "Rank": "bonerx.questions.rank.by_statements",
    "Show": "bonerx.questions.records.show",
    "Vocabulary": "bonerx.questions.records.vocabulary",
    "ask": "bonerx.asking",
    "errors": "bonerx.errors",
    "load": "bonerx.loading",
}

__all__ = [
    "Answer",
    "Combo",
    "Compare",
    "Evidence",
    "EvidenceTable",
    "Rank",
    "Show",
    "Vocabulary",
    "__version__",
    "ask",
    "errors",
    "load",
]


def __getattr__(name: str) -> "Any":
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module `bonerx` has no attribute `{name}`")
    from importlib import import_module

    module = import_module(_HOMES[name])
    value = module if name == "errors" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
