"""CPU seconds of whole commands, cold, as a user meets them: ``python bench/command_line.py``.

Reads the sample articles into a throw-away store, then runs each command several times and gives
the minimum, the median and the maximum of user plus system time of the finished process.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).with_name("modelkin")
RUNS = 7


def cpu_seconds(arguments: list[str], folder: Path) -> float:
    """Run the command once and give its CPU seconds."""
    process = subprocess.Popen(
        [str(COMMAND), *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"modelkin {' '.join(arguments)} left with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure and print one row a command."""
    articles = ROOT / "seeds" / "articles"
    one = sorted(articles.glob("*.md"))[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [
            ("help", ["--help"]),
            ("ingest all samples", ["ingest", str(articles)]),
            ("extract one sample", ["extract", str(one)]),
            ("query", ["query", "MATCH (m:Model) RETURN count(m) AS models"]),
            ("lineage --why", ["lineage", "Stable Beluga", "--why"]),
            ("show", ["show", "Llama 2"]),
            ("search", ["search", "千问"]),
        ]
        print(f"{'command':20} {'min':>6} {'median':>6} {'max':>6}  CPU-s over {RUNS} runs")
        for label, arguments in rows:
            cpu_seconds(arguments, folder)  # the first run may build a cache
            times = sorted(cpu_seconds(arguments, folder) for _ in range(RUNS))
            print(f"{label:20} {times[0]:6.3f} {statistics.median(times):6.3f} {times[-1]:6.3f}")


if __name__ == "__main__":
    main()
