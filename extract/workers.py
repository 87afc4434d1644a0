"""Processes that extract: how they are started, and what suits a process that does nothing else."""

import gc
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

__all__ = ["NUMERIC_THREADS", "leave_interrupts", "one_thread", "settle", "worker_pool"]

NUMERIC_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""Environment variables that say how many threads numeric libraries start when they load."""


def one_thread() -> None:
    """Let numeric libraries that load after this start no threads, unless the user says how many.

    The pipeline multiplies nothing large: their threads cost more than they do.
    """
    for variable in NUMERIC_THREADS:
        os.environ.setdefault(variable, "1")


def settle() -> None:
    """Load all that extraction needs, once, and keep the collector from walking it again.

    For a process that does nothing else: a worker, or the command line. What fails here fails
    again with the first document, where it can be told.
    """
    one_thread()
    enabled = gc.isenabled()
    gc.disable()
    try:
        from .pipeline import warm

        with suppress(Exception):
            warm()
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


def worker_pool(jobs: int) -> ProcessPoolExecutor:
    """Give a pool of processes that extract.

    They are forked from a server that has the pipeline loaded already, where the platform can;
    elsewhere each loads it. They are never forked from this process, whose threads may hold locks.

    Parameters
    ----------
    jobs : int
        The most processes.

    Examples
    --------
    >>> with worker_pool(1) as pool:
    ...     pool.submit(len, "abc").result()
    3
    """
    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    if forks:
        context.set_forkserver_preload([f"{__package__}.preload"])
    return ProcessPoolExecutor(jobs, context, _start)


def leave_interrupts() -> None:
    """Leave an interrupt, which goes to every process of a terminal, to the one that reads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _start() -> None:
    leave_interrupts()
    settle()
