"""Time in tests, so that a busy machine fails none: the least of several tries is compared.

What disturbs a measurement only ever adds to it, so one try under the limit shows that the code
is fast enough, and code that is too slow fails every one of them.
"""

import gc
import time
from collections.abc import Callable

_TRIES = 8


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one run, without the collection of what other tests left behind."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def takes_at_most(seconds: float, work: Callable[[], object]) -> None:
    """Fail unless one of several runs stays within so many CPU seconds."""
    least = float("inf")
    for _ in range(_TRIES):
        least = min(least, cpu_seconds(work))
        if least <= seconds:
            return
    raise AssertionError(f"took {least:.3f} CPU seconds at the least, more than {seconds}")


def grows_at_most(
    times: float, small: Callable[[], object], large: Callable[[], object], slack: float = 0.05
) -> None:
    """Fail unless the large run takes at most so many times the small one, and some slack."""
    least_small = min(cpu_seconds(small) for _ in range(2))
    least_large = float("inf")
    for _ in range(_TRIES):
        least_large = min(least_large, cpu_seconds(large))
        if least_large <= times * least_small + slack:
            return
        least_small = min(least_small, cpu_seconds(small))
    raise AssertionError(
        f"{least_small:.3f} CPU seconds grew to {least_large:.3f}, more than {times} times"
    )
