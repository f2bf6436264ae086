"""How many files the process may have open: a connection is one."""

import sys

UNKNOWN_LIMIT = 1_000_000
"""Where the system tells no limit, it sets none that matters here."""

MOST_KEPT = 128
"""Files that connections never take: the database, calls to Emporia, what libraries open."""


def raise_file_limit() -> int:
    """Allow as many open files as the system lets this process have; how many that is."""
    if sys.platform == "win32":
        return UNKNOWN_LIMIT
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):  # a hard limit that the kernel itself does not take
            return soft
    return UNKNOWN_LIMIT if hard == resource.RLIM_INFINITY else hard


def most_connections(files: int) -> int:
    """How many connections so many files are good for."""
    return files - min(MOST_KEPT, files // 4)
