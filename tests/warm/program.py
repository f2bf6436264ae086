"""The command line as a process that need not load it first: it is forked from one that has.

Arguments, environment, folder, streams, signals and exit code are as in a process of its own, for
a tenth of the processor's time. A test of how it starts, or of a terminal, takes `COLD_PROGRAM`.
"""

import atexit
import os
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

COLD_PROGRAM = Path(sys.executable).with_name("emporia-api")
PARENT = Path(__file__).with_name("parent.py")
CALLER = Path(__file__).with_name("caller.py")


@cache
def warm_program() -> Path:
    """An executable file to call like `emporia-api`, for as long as this process lives."""
    if not hasattr(os, "pidfd_open"):  # Linux alone has it
        return COLD_PROGRAM
    folder = TemporaryDirectory(prefix="emporia-api-")
    address = f"{folder.name}/socket"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(16)
        parent = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", PARENT, str(listener.fileno())],
            env={"PATH": os.environ["PATH"]},
            cwd=folder.name,
            stdin=subprocess.PIPE,  # its end tells the parent that nobody will call any more
            pass_fds=[listener.fileno()],
        )

    def end() -> None:
        parent.communicate()
        folder.cleanup()

    atexit.register(end)
    caller = Path(folder.name, COLD_PROGRAM.name)
    text = CALLER.read_text().replace("ADDRESS_OF_THE_PARENT", address)
    caller.write_text(f"#!{sys.executable} -IS\n{text}")
    caller.chmod(0o700)
    return caller
