"""How far a compilation has come, for whoever waits before a terminal; a pipe or a log sees nothing of it."""

import os
import sys
import time
from typing import Any

_CURSOR_IN_A_CLEAR_LINE = b"\r\x1b[2K\x1b[?25h"
PATIENCE = 1.0
"""Seconds after which a bar appears."""


class Progress:
    """A bar on stderr that appears when a compilation takes longer than a second; rich is loaded only then."""

    def __init__(self, stream: Any = None) -> None:
        self._stream = stream or sys.stderr
        self._shown = self._stream.isatty()
        self._start = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how much of a stage is done: `done` of `total`, 0 of 0 where that is not known."""
        if not self._shown or time.monotonic() - self._start < PATIENCE:
            return
        from bonerx.render.options import Options
        from bonerx.render.visible import visible

        if self._bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            shown = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
            self._bar = Bar(*shown, console=Console(file=self._stream), transient=True)
            self._task = self._bar.add_task(visible(stage, Options()))
            self._bar.start()
        self._bar.update(self._task, description=visible(stage, Options()), completed=done, total=total or None)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def abandon(self) -> None:
        """Give the terminal its cursor back, for a program that is told to stop, whatever the bar is doing just now."""
        if self._bar is not None:
            os.write(self._stream.fileno(), _CURSOR_IN_A_CLEAR_LINE)
