"""Stands for the program that the parent forks: hands on what it was given, and ends as that ends.

Started without site-packages, so that it costs next to nothing.
"""

import json
import os
import signal
import socket
import sys

HANDED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


def main() -> None:
    with socket.socket(socket.AF_UNIX) as parent:
        parent.connect("ADDRESS_OF_THE_PARENT")
        for number in HANDED_ON:
            signal.signal(number, lambda number, _: parent.sendall(bytes([number])))
        folder = os.getcwd()  # noqa: PTH109  # pathlib would cost more than all the rest
        request = json.dumps([sys.argv, folder, dict(os.environ)]).encode()
        socket.send_fds(parent, [len(request).to_bytes(4, "big")], [0, 1, 2])
        parent.sendall(request)
        status = int.from_bytes(parent.recv(4), "big")
    if os.WIFSIGNALED(status):
        signal.signal(os.WTERMSIG(status), signal.SIG_DFL)
        os.kill(os.getpid(), os.WTERMSIG(status))
    sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    main()
