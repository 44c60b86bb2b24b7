"""Runs `bonerx` in a copy of a process that has loaded it already, since to load it is most of what a short run takes.

A server imports the program and its libraries once, and runs nothing of it. For every run it forks: the copy takes the
arguments, the variables, the folder, the standard streams and the file mode mask of a small client (fork_client.py)
that stands on PATH as `bonerx`, makes the streams of the interpreter anew, and runs `bonerx.__main__.main()`. The
client passes signals on and ends as the copy ends.

What this does not prove is that the program starts: which modules it imports and when, closed streams, interrupts while
it loads, limits of memory and of open files, other locales, another order of sets in every run. A run with any of these
is refused here and the client starts the program itself. tests/test_imports.py, tests/test_setup.py,
tests/test_wheel.py, tests/unit/questions/test_*_start.py, tests/unit/cli/test_streams.py, the transcripts that
test_transcripts.py names in STARTED, and of tests/robustness test_closed_streams.py, test_stopped.py,
test_little_memory.py, test_changes_at_once.py and every run that is halted or limited, always start the true program;
test_fork_server.py compares both.
"""

import atexit
import gc
import io
import marshal
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SETTLED_AT_START = (
    "BLIS_", "COVERAGE_", "LANG", "LC_", "LD_", "MKL_", "MPL", "OMP_", "OPENBLAS_", "PYTHON", "TYPER_", "TZ", "VECLIB_",
)  # fmt: skip
"""Beginnings of the names of variables that an interpreter or a library reads when it is loaded."""
ALSO_LOADED = (
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf", "matplotlib.backends.backend_svg",
    "matplotlib.figure", "matplotlib.font_manager", "rispy", "yaml",
)  # fmt: skip
"""Modules that are imported by functions of the program."""
CLIENT = Path(__file__).with_name("fork_client.py")
_FOLDERS: dict[tuple[tuple[str, str], ...], Path] = {}


def settled(environment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the variables that a process cannot take over once it has started."""
    return tuple(sorted(item for item in environment.items() if item[0].startswith(SETTLED_AT_START)))


def program(environment: Mapping[str, str] | None = None) -> Path:
    """Return a `bonerx` that is run by a server whose start such an environment would not change.

    Where the system cannot do that, it is one that starts the program.
    """
    environment = os.environ if environment is None else environment
    key = settled(environment)
    if key not in _FOLDERS:
        folder = Path(tempfile.mkdtemp(prefix="bonerx-fork-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _write_client(folder)
        if hasattr(os, "pidfd_open") and Path("/proc/self/limits").exists():
            _start(folder, dict(key))
        _FOLDERS[key] = folder
    return _FOLDERS[key] / "bonerx"


def _write_client(folder: Path) -> None:
    interpreter = os.path.realpath(sys.executable)
    text = CLIENT.read_text(encoding="utf-8")
    text = text.replace('"SOCKET"', repr(str(folder / "socket"))).replace('"PYTHON"', repr(sys.executable))
    client = folder / "bonerx"
    client.write_text(f"#!{interpreter} -SI\n{text}", encoding="utf-8")
    client.chmod(0o755)


def _start(folder: Path, kept: dict[str, str]) -> None:
    """Start a server that ends with this process, and wait until it listens."""
    general = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    server = subprocess.Popen(
        [sys.executable, __file__, str(folder / "socket")],
        env=general | kept,
        stdin=subprocess.PIPE,  # closed when this process ends, however it does
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    assert server.stdout.readline() == b"listens\n"
    server.stdout.close()
    atexit.register(server.wait)
    atexit.register(server.stdin.close)


def _load() -> None:
    import importlib
    import pkgutil

    import bonerx
    import bonerx.__main__
    from bonerx.numerical_libraries import one_thread

    one_thread()
    for module in pkgutil.walk_packages(bonerx.__path__, "bonerx."):
        importlib.import_module(module.name)
    for name in ALSO_LOADED:
        try:
            importlib.import_module(name)
        except ImportError:  # figures are an extra
            continue


def _own() -> tuple[bytes, bytes]:
    """Return the limits of this process, and the signals that it ignores."""
    status = Path("/proc/self/status").read_bytes()
    ignored = next(line for line in status.splitlines() if line.startswith(b"SigIgn"))
    return Path("/proc/self/limits").read_bytes(), ignored


def serve(path: str) -> None:
    """Fork for every client until the process that started this one ends."""
    before = settled(os.environ)
    _load()
    own = _own()
    gc.collect()
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(128)
    waiting = selectors.DefaultSelector()
    waiting.register(listener, selectors.EVENT_READ)
    waiting.register(0, selectors.EVENT_READ)
    os.write(1, b"listens\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    running: dict[socket.socket, int] = {}
    """The process of every client."""
    while True:
        for key, _ in waiting.select():
            if key.fileobj == 0:
                for process in running.values():
                    os.kill(process, signal.SIGKILL)
                return
            if key.fileobj is listener:
                connection, _ = listener.accept()
                request, files = _received(connection)
                if request is None or (request["limits"], request["ignored"]) != own or _settled_in(request) != before:
                    _answer(connection, b"n")
                    _close(files, connection)
                    continue
                process = os.fork()
                if process == 0:
                    listener.close()
                    _close([int(each.fd) for each in waiting.get_map().values() if each.fileobj != listener])
                    connection.close()
                    _become(request, files)
                _close(files)
                running[connection] = process
                waiting.register(connection, selectors.EVENT_READ)
                waiting.register(os.pidfd_open(process), selectors.EVENT_READ, connection)
                _answer(connection, b"y" + process.to_bytes(8, "big"))
            elif key.data is None:  # a client that is there no more
                os.kill(running[key.fileobj], signal.SIGKILL)  # type: ignore[index]
                waiting.unregister(key.fileobj)
            else:
                connection = key.data
                _, status = os.waitpid(running.pop(connection), 0)
                waiting.unregister(key.fileobj)
                if connection in (each.fileobj for each in waiting.get_map().values()):
                    waiting.unregister(connection)
                _answer(connection, os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
                _close([key.fd], connection)


def _answer(connection: socket.socket, said: bytes) -> None:
    try:
        connection.sendall(said)
    except OSError:  # the client was killed
        return


def _close(files: list[int], connection: socket.socket | None = None) -> None:
    for file in files:
        os.close(file)
    if connection is not None:
        connection.close()


def _received(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """Return what a client asks for, and its streams and folder."""
    data, files, _, _ = socket.recv_fds(connection, 65_536, 4)
    size = int.from_bytes(data[:8], "big")
    parts = [data[8:]]
    length = len(parts[0])
    while length < size:
        part = connection.recv(65_536)
        if not part:
            return None, files
        parts.append(part)
        length += len(part)
    return (marshal.loads(b"".join(parts)) if data and len(files) == 4 else None), files


def _settled_in(request: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return settled({os.fsdecode(name): os.fsdecode(value) for name, value in request["environment"].items()})


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Be the program that a client stands for."""
    from bonerx.__main__ import main

    os.fchdir(files[3])
    os.close(files[3])
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
        os.close(file)
    os.umask(request["mask"])
    os.environ.clear()
    os.environ.update({os.fsdecode(name): os.fsdecode(value) for name, value in request["environment"].items()})
    sys.argv = [os.fsdecode(argument) for argument in request["arguments"]]
    tempfile.tempdir = None
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        before = getattr(sys, name)
        unbuffered = number > 0 and isinstance(before.buffer, io.RawIOBase)
        stream = io.TextIOWrapper(
            open(number, "rb" if number == 0 else "wb", 0 if unbuffered else -1, closefd=False),  # noqa: SIM115
            encoding=before.encoding,
            errors=before.errors,
            newline=None if number == 0 else "\n",
            line_buffering=number == 2 or os.isatty(number),
            write_through=unbuffered,
        )
        stream.mode = before.mode  # type: ignore[misc]
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    main()


if __name__ == "__main__":
    sys.path.pop(0)  # the folder of the tests, which the program does not know
    serve(sys.argv[1])
