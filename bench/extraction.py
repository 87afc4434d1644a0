"""Speed of extraction, component by component: ``python bench/extraction.py [FOLDER] [--json]``.

Reads the texts (``.md``, ``.txt``) under a folder, by default the sample articles, over and over
up to ``--characters``, as ``modelkin extract`` does, and gives characters per CPU second for each
component of the pipeline and for the whole: of the fastest of several rounds, since other work on
the machine costs CPU time too. Beside that: what a new process needs to load the pipeline, its
memory, and single long documents (``--long``, or ``--long 0.5 1 2`` for these megabytes), each in a
process of its own. ``--jobs N`` compares wall-clock time of one process and of N.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace

from modelkin.extract.mention import Analysis
from modelkin.extract.pipeline import SpacyExtractor, build_pipeline, extract_many
from modelkin.extract.sources.language import language_of
from modelkin.extract.workers import settle
from modelkin.ontology.claim import Extraction
from modelkin.ontology.document import Document

SAMPLES = Path(__file__).parents[1] / "seeds" / "articles"
LOADS = 5
ROUNDS = 5


class Timed(SpacyExtractor):
    """The extractor with a clock between its components; does what its parent does."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}
        self._pipeline = SimpleNamespace(  # type: ignore[assignment]
            pipeline=[
                (name, partial(self._clocked, name.removeprefix("modelkin_"), component))
                for name, component in build_pipeline().pipeline
            ]
        )

    def _clocked(self, name, action, *arguments):  # type: ignore[no-untyped-def]
        started = time.process_time()
        given = action(*arguments)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - started
        return given

    def _extraction(self, document: Document, analysis: Analysis) -> Extraction:
        return self._clocked("claims", super()._extraction, document, analysis)


def texts(folder: Path) -> list[str]:
    """Give the texts under a folder, in the order of their names."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".md", ".txt") and p.is_file())
    found = [file.read_text(encoding="utf-8") for file in files]
    if not any(found):
        raise SystemExit(f"no .md or .txt files with text in {folder}")
    return found


def documents(folder: Path, characters: int) -> Iterator[Document]:
    """Give documents of different ids, until they hold that many characters."""
    given = 0
    for number, text in enumerate(cycle(texts(folder))):
        if given >= characters:
            return
        given += len(text)
        yield Document.of(f"{text}\n\n{number}\n", lang=language_of(text))


def components(folder: Path, characters: int, rounds: int) -> dict[str, object]:
    """Measure each component over the same documents, several times; give the fastest round."""
    read = list(documents(folder, characters))
    size = sum(len(document.text) for document in read)
    timed = Timed()
    list(timed.pipe(read[:1]))  # what is loaded at first use is no part of the rate
    total, seconds = min((_round(timed, read) for _ in range(rounds)), key=itemgetter(0))
    rates = {name: round(size / max(taken, 1e-9)) for name, taken in seconds.items()}
    shares = {name: round(taken / total, 3) for name, taken in seconds.items()}
    return {
        "documents": len(read),
        "characters": size,
        "characters_per_cpu_second": rates | {"all": round(size / total)},
        "share": shares,
        "peak_mib": peak(),
    }


def _round(timed: Timed, read: list[Document]) -> tuple[float, dict[str, float]]:
    timed.seconds = {}
    started = time.process_time()
    for _ in timed.pipe(read):
        pass
    return time.process_time() - started, timed.seconds


def peak() -> int:
    """Give the most memory that this process has held, in MiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def fresh(code: str) -> dict[str, float]:
    """Run code in a new process; give its CPU seconds and its memory."""
    script = (
        f"{code}\nimport resource\nu = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    output = subprocess.check_output([sys.executable, "-c", script], text=True).split()
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return {"cpu_seconds": round(float(output[-2]), 3), "peak_mib": int(output[-1]) // unit}


def load() -> dict[str, float]:
    """Measure a process that loads all and reads nothing; the least of several."""
    code = "from modelkin.extract.workers import settle\nsettle()"
    return min((fresh(code) for _ in range(LOADS)), key=lambda run: run["cpu_seconds"])


def long_document(folder: Path, megabytes: float, empty: float) -> dict[str, float]:
    """Measure one document of that many million characters, in a new process.

    `empty` is what loading takes.
    """
    code = (
        "import time\nfrom itertools import cycle\nfrom pathlib import Path\n"
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from extraction import read_long\n"
        f"read_long(Path({str(folder)!r}), {round(megabytes * 1_000_000)})"
    )
    run = fresh(code)
    taken = run["cpu_seconds"] - empty
    return {
        "megabytes": megabytes,
        "cpu_seconds": round(taken, 2),
        "characters_per_cpu_second": round(megabytes * 1_000_000 / taken),
        "peak_mib": run["peak_mib"],
    }


def read_long(folder: Path, characters: int) -> None:
    """Read one document of that many characters."""
    settle()
    text = "\n\n".join(document.text for document in documents(folder, characters))[:characters]
    [_] = SpacyExtractor().pipe([Document.of(text, lang=language_of(text))])


def processes(folder: Path, characters: int, jobs: int) -> dict[str, object]:
    """Compare one process with several, starting them included."""
    read = list(documents(folder, characters))
    settle()
    seconds: dict[str, float] = {}
    outcomes = []
    for count in (1, jobs):
        started = time.perf_counter()
        outcomes.append(list(extract_many(iter(read), count)))
        seconds[str(count)] = round(time.perf_counter() - started, 2)
    return {
        "documents": len(read),
        "cores": os.cpu_count(),
        "wall_seconds": seconds,
        "equal": outcomes[0] == outcomes[1],
    }


def show(figures: dict[str, dict[str, object]]) -> None:
    """Print the figures for people."""
    whole, loading = figures["components"], figures["load"]
    rates, shares = whole["characters_per_cpu_second"], whole["share"]
    assert isinstance(rates, dict)
    assert isinstance(shares, dict)
    print(f"{whole['documents']} documents, {whole['characters']:,} characters")
    print(f"{'component':14} {'characters a CPU second':>24} {'share':>7}")
    for name, rate in rates.items():
        print(f"{name:14} {rate:24,} {shares.get(name, 1.0):7.0%}")
    print(f"peak memory {whole['peak_mib']} MiB")
    print(f"loading {loading['cpu_seconds']} CPU s, {loading['peak_mib']} MiB, the whole process")
    for run in figures.get("long", ()):
        print(
            "one document of {megabytes} million characters: {cpu_seconds} CPU s,"
            " {characters_per_cpu_second:,} a second, {peak_mib} MiB".format(**run)
        )
    if "processes" in figures:
        print(
            "{documents} documents on {cores} cores, wall-clock seconds by processes:"
            " {wall_seconds}, results equal: {equal}".format(**figures["processes"])
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--characters", type=int, default=500_000, help="How much to read.")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="How often to read it.")
    parser.add_argument("--long", nargs="*", type=float, metavar="MEGABYTES")
    parser.add_argument("--jobs", type=int, default=1, help="Compare one process with as many.")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = options.folder.resolve()
    # New processes come first: each begins with the peak of the one that starts it.
    loading = load()
    figures: dict = {"load": loading}
    if options.long is not None:
        sizes, empty = options.long or (1.25, 2.5, 5.0), loading["cpu_seconds"]
        figures["long"] = [long_document(folder, size, empty) for size in sizes]
    settle()
    figures["components"] = components(folder, options.characters, options.rounds)
    if options.jobs > 1:
        figures["processes"] = processes(folder, options.characters, options.jobs)
    print(json.dumps(figures, indent=1)) if options.json else show(figures)


if __name__ == "__main__":
    main()
