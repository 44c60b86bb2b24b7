"""Where faults gather until all of them are known, as many as a reader can use."""

from collections.abc import Iterable

from bonerx.errors import Fault, InvalidEvidence
from bonerx.evidence import limits


class FaultList:
    """The faults found so far: the first thousand are kept, and whoever finds more may stop when it `is_full`."""

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

    @property
    def is_full(self) -> bool:
        """Return whether more faults were found than are kept."""
        return self.count > limits.FAULTS

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults in order of file and place, the last one saying where there are more."""
        files = list(dict.fromkeys(fault.path for fault in self._kept))
        ordered = sorted(self._kept, key=lambda fault: (files.index(fault.path), fault.line or 0, fault.column or 0))
        if self.is_full:
            message = f"there are more faults; these are the first {len(ordered)}"
            ordered.append(Fault(ordered[-1].path, None, None, "", message, "mend them and check again"))
        return tuple(ordered)

    def raise_any(self) -> None:
        """Raise `InvalidEvidence` with all faults, if there are any."""
        if not self.count:
            return
        faults = self.faults()
        files = list(dict.fromkeys(fault.path for fault in faults))
        where = f"`{files[0]}`" if len(files) == 1 else f"{len(files)} files"
        count = f"more than {limits.FAULTS}" if self.is_full else str(self.count)
        what = "a fault" if self.count == 1 else f"{count} faults"
        raise InvalidEvidence(f"{what} in {where}", faults=faults)
