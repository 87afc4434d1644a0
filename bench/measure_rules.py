"""Measure how often each extraction rule is right, and write the table of confidences.

    python bench/measure_rules.py GOLD_DIR [--write]

GOLD_DIR holds annotated documents: ``NAME.json`` (entities with all their names, relations,
attributes) beside ``NAME.md`` or ``NAME.txt``. The rules read the annotated names, so that only
the rules are measured. Without ``--write`` the table is printed.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from modelkin.extract.attributes import read_attributes
from modelkin.extract.discourse import Reading
from modelkin.extract.markdown import parse_structure
from modelkin.extract.mention import Analysis, Mention
from modelkin.extract.relations import read_relations
from modelkin.extract.segment import split_sentences
from modelkin.ontology.terms import EntityType

TABLE = Path(__file__).parents[1] / "extract" / "data" / "confidence.json"
IMAGINED = 3
LATIN = r"A-Za-z0-9\u00c0-\u024f"
UNITS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}


def mentions_of(
    gold: dict[str, Any], text: str, hidden: tuple[tuple[int, int], ...]
) -> list[Mention]:
    """Find the annotated names in the text: at each place the longest, and domains inside it."""
    owners: dict[str, dict[str, Any]] = {}
    for entity in gold["entities"]:
        for name in dict.fromkeys([*entity["names"], entity["name"]]):
            owners.setdefault(re.sub(r"\s+", "", name), entity)
    names = sorted(
        {n for e in gold["entities"] for n in [*e["names"], e["name"]]}, key=lambda n: (-len(n), n)
    )
    if not names:
        return []
    parts = []
    for name in names:
        body = re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(name))
        left = rf"(?<![{LATIN}])" if re.match(f"[{LATIN}]", name) else ""
        right = rf"(?![{LATIN}])" if re.match(f"[{LATIN}]", name[-1]) else ""
        parts.append(left + body + right)
    covered = bytearray(len(text))
    for start, end in hidden:
        covered[start:end] = b"\1" * (end - start)
    found = []
    for match in re.finditer("|".join(parts), text):
        entity = owners.get(re.sub(r"\s+", "", match.group()))
        if entity is None or covered[match.start()] or covered[match.end() - 1]:
            continue
        kind = EntityType(entity["type"])
        found.append(Mention(match.start(), match.end(), kind, entity["id"], "annotated"))
        if kind is EntityType.MODEL:
            for other in gold["entities"]:
                for name in other["names"] if other["type"] == "Domain" else ():
                    at = text.find(name, match.start(), match.end())
                    if at >= 0:
                        found.append(
                            Mention(at, at + len(name), EntityType.DOMAIN, other["id"], "annotated")
                        )
    return sorted(found, key=lambda m: (m.start, -m.end))


def documents(folder: Path) -> Iterator[tuple[dict[str, Any], Analysis]]:
    """Give the annotated documents of a folder in the order of their names."""
    for path in sorted(folder.rglob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(gold, dict) or "entities" not in gold:
            continue
        source = next(p for p in sorted(path.parent.glob(path.stem + ".*")) if p.suffix != ".json")
        text = unicodedata.normalize("NFC", source.read_text(encoding="utf-8"))
        structure = parse_structure(text)
        analysis = Analysis(text, gold["lang"], structure, structure.published)
        analysis.sentences = split_sentences(text, structure)
        analysis.mentions = mentions_of(gold, text, structure.hidden)
        yield gold, analysis


def number(value: str) -> float | None:
    """Read "7B", "~100B" or "32768" as a number."""
    match = re.search(r"(?:(\d+)x)?(\d+(?:\.\d+)?)([kmbt]?)", value.lower().replace(",", ""))
    if match is None:
        return None
    return float(match[2]) * float(match[1] or 1) * UNITS.get(match[3], 1.0)


def same_value(attribute: str, gold: str, read: str) -> bool:
    """Whether two values of an attribute agree: sizes as numbers, dates as far as both go."""
    if attribute in ("parameters", "contextLength"):
        a, b = number(gold), number(read)
        return a is not None and b is not None and abs(a - b) <= 0.05 * max(a, b)
    if attribute == "releaseDate":
        a, b = gold.lstrip("-"), read.lstrip("-")
        return a.startswith(b) or b.startswith(a) or a.endswith("-" + b) or b.endswith("-" + a)
    return gold == read


def measure(folder: Path) -> dict[str, tuple[float, int]]:
    """Count for each rule the documents that it read, and how many of them it read rightly.

    A document where half of what the rule read is right counts as half, however much that was:
    one odd list of forty names says no more of a rule than one odd sentence.
    """
    cases: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for gold, analysis in documents(folder):
        reading = Reading(analysis)
        relations = {(r["subject"], r["predicate"], r["object"]) for r in gold["relations"]}
        for r in gold["relations"]:
            if r["predicate"] == "comparableTo" and r["qualifiers"].get("relation") != "better":
                relations.add((r["object"], r["predicate"], r["subject"]))
        values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for a in gold["attributes"]:
            values[a["subject"], a["attribute"]].append(str(a["value"]))
        seen: set[tuple[str, ...]] = set()
        for draft in read_relations(reading):
            fact = (draft.subject, str(draft.predicate), draft.object)
            if (draft.rule, *fact) not in seen:
                seen.add((draft.rule, *fact))
                cases[draft.rule, gold["id"]].append(fact in relations)
        for item in read_attributes(reading):
            key = (item.rule, item.subject, str(item.attribute), item.value)
            if key in seen:
                continue
            seen.add(key)
            known = values[item.subject, str(item.attribute)]
            agrees = any(same_value(str(item.attribute), value, item.value) for value in known)
            if agrees or not repeats_name(reading, item.subject, item.value):
                cases[item.rule, gold["id"]].append(agrees)
    right: defaultdict[str, float] = defaultdict(float)
    total: Counter[str] = Counter()
    for (rule, _), verdicts in cases.items():
        right[rule] += sum(verdicts) / len(verdicts)
        total[rule] += 1
    return {rule: (right[rule], total[rule]) for rule in sorted(total)}


def repeats_name(reading: Reading, entity: str, value: str) -> bool:
    """Whether a size only repeats the one in the entity's name, which annotators leave out."""
    size = number(value)
    sizes = [
        number(found)
        for name in reading.surfaces.get(entity, ())
        for found in re.findall(r"\d+(?:\.\d+)?\s?[bBmM](?![a-z])", name)
    ]
    return size in sizes


def main() -> None:
    """Print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name}")
    arguments = parser.parse_args()
    counts = measure(arguments.gold)
    # A few imagined cases of overall precision keep rules that were seen rarely near the mean.
    overall = sum(good for good, _ in counts.values()) / sum(read for _, read in counts.values())
    table = {
        rule: round((good + IMAGINED * overall) / (read + IMAGINED), 2)
        for rule, (good, read) in counts.items()
    }
    if arguments.write:
        TABLE.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for rule, (good, read) in counts.items():
        print(f"{rule:44} {good:7.1f} of {read:5}  {table[rule]:.2f}")


if __name__ == "__main__":
    main()
