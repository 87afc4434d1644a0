"""Spoils annotations as systems spoil them, and compares figures with another scorer's.

    python tests/extract/evaluation/corruption.py SCORER

writes the golden figures: what SCORER, a program of the same rules, gives for spoilt annotations.
"""

import copy
import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

Record = dict[str, Any]

GOLDEN = Path(__file__).parents[2] / "golden" / "evaluation"
CASES = GOLDEN / "cases.json"
SCORER = Path(os.environ.get("MODELKIN_GOLD_SCORER") or os.devnull)
KEYS = ("micro", "macro", "by_language")
_SEEDS = range(5)
_TYPES = ("Model", "Organization", "Product", "Domain")
_PREDICATES = ("developedBy", "derivedFrom", "succeeds", "variantOf", "comparableTo", "trainedOn")
_QUALIFIERS = (
    {},
    {"relation": "worse"},
    {"relation": "better"},
    {"relation": "near"},
    {"method": "finetune"},
    {"method": "instruction-tune"},
    {"method": "merge"},
)
_VALUES = {
    "parameters": ("7B", "70亿", "7 b", "8x7B", "1万亿", "7.03B", "7,000,000,000", "large"),
    "openness": ("open", "Open", "closed"),
    "commercialUse": ("yes", "true", "no", "conditional"),
    "releaseDate": ("2024", "2024-05", "2024.05.20", "--05-20", "--05", "2024-06-03"),
    "contextLength": ("32K", "32768", "100k", "1M", "128K", "131072", "128000", "long"),
    "openStrategy": ("open", "closed-then-open"),
}


def load_records(folder: Path) -> dict[str, Record]:
    """Give the raw annotations of a folder by id."""
    records = [json.loads(p.read_text(encoding="utf-8")) for p in folder.rglob("*.json")]
    return {record["id"]: record for record in sorted(records, key=lambda r: r["id"])}


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("other_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


def other_report(scorer: ModuleType, gold: Mapping[str, Record], found: Mapping[str, Record]):
    """Give the other scorer's figures for the given records."""
    per = {id: scorer.score_doc(gold[id], found.get(id, {})) for id in gold}
    languages = sorted({record["lang"] for record in gold.values()})
    return {
        "micro": scorer.summarise(per.values()),
        "macro": scorer.macro(list(per.values())),
        "by_language": {
            lang: scorer.summarise([per[id] for id in per if gold[id]["lang"] == lang])
            for lang in languages
        },
    }


def own_figures(report: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a report of modelkin the other scorer gives too."""
    own = json.loads(json.dumps({key: report[key] for key in KEYS}))
    for figures in own["by_language"].values():
        del figures["documents"]
    return own


def corrupted(record: Record, random: Random) -> Record:
    """Spoil annotations: types, names, ends, predicates, qualifiers, values; add and drop."""
    record = copy.deepcopy(record)
    entities = record["entities"]
    for entity in entities:
        _spoil_entity(entity, entities, random)
    if random.random() < 0.5:
        for entity in random.sample(entities, min(3, len(entities))):
            doubled = entity | {"id": f"{entity['id']}-again"}
            entities.insert(random.randrange(len(entities) + 1), doubled)
    if random.random() < 0.3 and len(entities) > 1:
        entities.pop(random.randrange(len(entities)))
    ids = [entity["id"] for entity in entities]
    if not ids:
        return record
    record["relations"] = [
        spoilt
        for relation in record["relations"]
        if (spoilt := _spoil_relation(relation, ids, random))["subject"] in ids
        and spoilt["object"] in ids
    ]
    for _ in range(random.randrange(6)):
        added = _claim(ids, random) | {
            "predicate": random.choice(_PREDICATES),
            "object": random.choice(ids),
            "qualifiers": random.choice(_QUALIFIERS),
        }
        record["relations"].insert(random.randrange(len(record["relations"]) + 1), added)
    for attribute in record["attributes"]:
        if random.random() < 0.3:
            attribute["value"] = random.choice(_VALUES[attribute["attribute"]])
        if random.random() < 0.2 or attribute["subject"] not in ids:
            attribute["subject"] = random.choice(ids)
    for _ in range(random.randrange(6)):
        attribute = random.choice(sorted(_VALUES))
        value = random.choice(_VALUES[attribute])
        record["attributes"].append(_claim(ids, random) | {"attribute": attribute, "value": value})
    return record


def _claim(ids: list[str], random: Random) -> Record:
    return {"subject": random.choice(ids), "confidence": round(random.random(), 2)}


def _spoil_entity(entity: Record, entities: list[Record], random: Random) -> None:
    chance = random.random()
    if chance < 0.1:
        entity["type"] = random.choice(_TYPES)
    elif chance < 0.2:
        entity["name"] = entity["name"].upper().replace("-", " ")
    elif chance < 0.3:
        entity["names"] = [*entity["names"], random.choice(entities)["name"]]
    elif chance < 0.35:
        entity["name"] = f"new {entity['name']}"
    elif chance < 0.4:
        entity["name"], entity["names"] = "Nobody", []


def _spoil_relation(relation: Record, ids: list[str], random: Random) -> Record:
    chance = random.random()
    if chance < 0.1:
        ends = {"subject": relation["object"], "object": relation["subject"]}
        return relation | ends
    if chance < 0.2:
        return relation | {"predicate": random.choice(_PREDICATES)}
    if chance < 0.3:
        return relation | {"subject": random.choice(ids)}
    if chance < 0.4:
        return relation | {"qualifiers": random.choice(_QUALIFIERS)}
    return relation


def main() -> None:
    """Write the golden figures."""
    scorer = load_scorer(Path(sys.argv[1]))
    gold = load_records(GOLDEN / "gold")
    cases = [{"found": {}, "figures": other_report(scorer, gold, {})}]
    for seed in _SEEDS:
        random = Random(seed)
        found = {id: corrupted(record, random) for id, record in gold.items()}
        for record in found.values():
            for claim in (*record["relations"], *record["attributes"]):
                claim.pop("evidence", None)
        cases.append({"found": found, "figures": other_report(scorer, gold, found)})
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    CASES.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
