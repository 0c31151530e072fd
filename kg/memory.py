"""Memory that the C library keeps for later, and others on the machine may need sooner."""

from contextlib import suppress


def give_back() -> None:
    """Give free memory back to the system, where the C library (glibc) is one that keeps it: see malloc_trim(3).

    Blocks that were large and are no more would else count as this process's until it ends, in each of its threads.
    """
    import ctypes

    with suppress(AttributeError, OSError, TypeError):  # other systems, other libraries
        ctypes.CDLL(None).malloc_trim(0)
