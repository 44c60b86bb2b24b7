"""The program `bonerx` for tests: has it run by a server (fork_server.py), or starts it where the server refuses.

It imports only what is built into the interpreter, since it is started for every run.
"""

import _signal
import _socket
import marshal
import posix
import sys

PASSED_ON = (_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP, _signal.SIGQUIT)
STREAMS_AND_THE_LISTING = {"0", "1", "2", "3"}


def read(path):
    file = posix.open(path, posix.O_RDONLY)
    said = b""
    while part := posix.read(file, 65_536):
        said += part
    posix.close(file)
    return said


def start():
    """Start the program in this process."""
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, PASSED_ON)
    posix.execve("PYTHON", ["PYTHON", "-m", "bonerx", *sys.argv[1:]], posix.environ)


def served():
    """Return how the program ended that a server ran, as `subprocess` says it; None where it refused."""
    if set(posix.listdir("/proc/self/fd")) != STREAMS_AND_THE_LISTING:
        return None
    status = read("/proc/self/status")
    encoding = sys.getfilesystemencoding()
    mask = posix.umask(0)
    posix.umask(mask)
    request = marshal.dumps(
        {
            "arguments": [argument.encode(encoding, "surrogateescape") for argument in sys.argv],
            "environment": dict(posix.environ),
            "ignored": next(line for line in status.splitlines() if line.startswith(b"SigIgn")),
            "limits": read("/proc/self/limits"),
            "mask": mask,
        }
    )
    message = len(request).to_bytes(8, "big") + request
    files = [0, 1, 2, posix.open(".", posix.O_RDONLY)]
    server = _socket.socket(_socket.AF_UNIX)
    server.connect("SOCKET")
    packed = b"".join(file.to_bytes(4, sys.byteorder) for file in files)
    sent = server.sendmsg([message], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, packed)])
    server.sendall(message[sent:])
    if server.recv(1) != b"y":
        return None
    process = int.from_bytes(server.recv(8, _socket.MSG_WAITALL), "big")
    for number in PASSED_ON:
        if _signal.getsignal(number) is not _signal.SIG_IGN:
            _signal.signal(number, lambda number, _: posix.kill(process, number))
    _signal.pthread_sigmask(_signal.SIG_UNBLOCK, PASSED_ON)
    # Whoever reads what the program writes may wait for the end of the stream.
    nothing = posix.open("/dev/null", posix.O_RDWR)
    for number in range(3):
        posix.dup2(nothing, number)
    return int.from_bytes(server.recv(4, _socket.MSG_WAITALL), "big", signed=True)


_signal.pthread_sigmask(_signal.SIG_BLOCK, PASSED_ON)
try:
    code = served()
except OSError:
    code = None
if code is None:
    start()
elif code < 0:
    _signal.signal(-code, _signal.SIG_DFL)
    posix.kill(posix.getpid(), -code)
posix._exit(code)
