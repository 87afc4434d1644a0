"""Run the extractor over an annotated corpus and print how well it does.

    python bench/score_gold.py GOLD_DIR [--scorer GOLD_DIR/../score.py] [--out DIR] [--errors PART]

GOLD_DIR holds pairs of ``NAME.json`` (annotations) and ``NAME.md``, ``.txt`` or ``.html`` (text);
the scorer is the module that comes with the corpus.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from modelkin.extract.pipeline import SpacyExtractor
from modelkin.extract.records import gold_shape
from modelkin.ontology.document import Document

_PARTS = {"entities": "entity", "relations": "relation", "attributes": "attribute"}


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--scorer", type=Path, help="by default score.py beside the folder")
    parser.add_argument("--out", type=Path, help="write what was extracted into this folder")
    parser.add_argument("--errors", choices=tuple(_PARTS), help="list misses and false finds")
    options = parser.parse_args()
    scorer = _load(options.scorer or options.gold.parent / "score.py")
    gold = scorer.load(options.gold)
    extractor = SpacyExtractor()
    results: list[dict[str, Any]] = []
    languages: dict[str, list[dict[str, Any]]] = {}
    characters = 0
    started = time.process_time()
    for name, document in _documents(options.gold):
        [extraction] = extractor.pipe([document])
        record = gold_shape(extraction, name)
        characters += len(document.text)
        result = scorer.score_doc(gold[name], record)
        results.append(result)
        languages.setdefault(document.lang, []).append(result)
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            text = json.dumps(record, ensure_ascii=False, indent=1)
            (options.out / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        if options.errors:
            for part, kind, what in result["errors"]:
                if part == _PARTS[options.errors]:
                    print(f"{name}\t{kind}\t{what}")
    seconds = time.process_time() - started
    _print_table(scorer, results, languages)
    print(f"\n{len(results)} documents, {characters} characters, {seconds:.1f} CPU-s, ", end="")
    print(f"{characters / seconds:.0f} characters a CPU-s; extractor {extractor.version}")
    for reason, count in extractor.rejected.most_common(10):
        print(f"rejected {count} times: {reason}")


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    # The corpus may lie in a folder that is read only.
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def _documents(folder: Path) -> Iterator[tuple[str, Document]]:
    for path in sorted(folder.rglob("*.json")):
        annotated = json.loads(path.read_text(encoding="utf-8"))
        for suffix in (".md", ".txt", ".html"):
            text = path.with_suffix(suffix)
            if text.exists():
                document = Document.of(
                    text.read_text(encoding="utf-8"), lang=annotated["lang"], title=path.stem
                )
                yield annotated["id"], document
                break


def _print_table(
    scorer: ModuleType,
    results: list[dict[str, Any]],
    languages: dict[str, list[dict[str, Any]]],
) -> None:
    total = scorer.summarise(results)
    for part in ("entities", "entities_untyped", "relations", "attributes"):
        _print_row(part, total[part])
        for lang, some in sorted(languages.items()):
            _print_row(f"  {part}, {lang}", scorer.summarise(some)[part])
    for table in ("by_type", "by_predicate", "by_attribute"):
        print()
        for name, row in total[table].items():
            _print_row(name, row)


def _print_row(name: str, row: dict[str, Any]) -> None:
    numbers = f"P {row['p']:.3f}  R {row['r']:.3f}  F {row['f1']:.3f}"
    print(
        f"{name:<26} {numbers}  right {row['tp']:>5}  wrong {row['fp']:>5}  missed {row['fn']:>5}"
    )


if __name__ == "__main__":
    main()
