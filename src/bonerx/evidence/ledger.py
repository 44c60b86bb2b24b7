"""Where faults gather until all of them are known, as many as a reader can use."""

from collections.abc import Iterable

from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence import limits


class Ledger:
    """The faults found so far: the first thousand are kept, the others counted."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self.count = 0

    def add(self, fault: Fault) -> None:
        """Note one more fault."""
        self.count += 1
        if self.count <= limits.FAULTS:
            self._kept.append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Note several faults."""
        for fault in faults:
            self.add(fault)

    def add_unlisted(self, path: str, count: int) -> None:
        """Note `count` faults of the file `path` that are not worth a line each."""
        if count:
            self.add(Fault(path, None, None, "", f"and {count} more faults", "mend the first ones and check again"))

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults in order of file and place, the last line saying how many more there are."""
        files = list(dict.fromkeys(fault.path for fault in self._kept))
        ordered = sorted(self._kept, key=lambda fault: (files.index(fault.path), fault.line or 0, fault.column or 0))
        if self.count > len(ordered):
            more = self.count - len(ordered)
            hint = "mend the first ones and check again"
            ordered.append(Fault(ordered[-1].path, None, None, "", f"and {more} more faults", hint))
        return tuple(ordered)

    def raise_any(self) -> None:
        """Raise `InvalidEvidence` with all faults, if there are any."""
        if not self.count:
            return
        faults = self.faults()
        files = list(dict.fromkeys(fault.path for fault in faults))
        where = f"`{files[0]}`" if len(files) == 1 else f"{len(files)} files"
        what = "a fault" if self.count == 1 else f"{self.count} faults"
        raise InvalidEvidence(f"{what} in {where}", faults=faults)
