"""The names of the gold come together, and those easily mixed up stay apart."""

import os
import random
import subprocess
import sys
from itertools import combinations, product

from b_cubed import b_cubed

from modelkin.graph.identity.likeness import AUTOMATIC, cluster, likeness

CODE = """
from modelkin.graph.identity.likeness import cluster
from modelkin.ontology.claim import Entity
from modelkin.ontology.terms import EntityType
names = ["Heron", "heron", "白鹭", "Bailu", "Heron 2", "白鷺", "Heron2", "Herno", "Qwen", "千问"]
some = [Entity.of(f"m{n}", EntityType.MODEL, name) for n, name in enumerate(names)]
print([sorted(ids) for ids in cluster(some)])
"""


def test_the_gold_is_large_and_its_traps_are_things(gold):
    pairs = sum(len(list(combinations(m, 2))) for m in gold.things.values())
    assert len(gold.things) > 200
    assert pairs > 700
    assert len(gold.traps) > 90
    assert all(one in gold.things and other in gold.things for one, other in gold.traps)
    types = {mention.type for mention in gold.mentions}
    assert len(types) == 10


def test_the_measure_counts_what_is_wrong(gold):
    everything = [frozenset(mention.id for mention in gold.mentions)]
    alone = [frozenset([mention.id]) for mention in gold.mentions]
    assert b_cubed(everything, gold.things)[0] < 0.05
    assert b_cubed(alone, gold.things)[1] < 0.6
    right = [frozenset(m.id for m in mentions) for mentions in gold.things.values()]
    assert b_cubed(right, gold.things) == (1.0, 1.0, 1.0)


def test_clusters_are_things(part):
    precision, _, f1 = b_cubed(cluster(part.mentions, part.context), part.things)
    assert precision >= 0.99
    assert f1 >= 0.95


def test_clusters_of_all_the_gold_are_things(gold):
    precision, _, f1 = b_cubed(cluster(gold.mentions, gold.context), gold.things)
    assert precision >= 0.99
    assert f1 >= 0.97


def test_what_is_easily_mixed_up_is_never_joined_without_asking(gold):
    for one, other in gold.traps:
        for first, second in product(gold.things[one], gold.things[other]):
            found = likeness(first, second, gold.context)
            assert found.score < AUTOMATIC, (first.name, second.name, found)


def test_no_two_things_are_likely_one(gold):
    wrong = [
        (first.name, second.name)
        for (one, some), (other, others) in combinations(gold.things.items(), 2)
        for first, second in product(some, others)
        if first.type is second.type and likeness(first, second, gold.context).score >= AUTOMATIC
    ]
    assert wrong == []


def test_what_is_mixed_up_ends_in_different_clusters(gold):
    where = {id: ids for ids in cluster(gold.mentions, gold.context) for id in ids}
    for one, other in gold.traps:
        for first, second in product(gold.things[one], gold.things[other]):
            assert where[first.id] is not where[second.id], (first.name, second.name)


def test_the_order_of_mentions_does_not_matter(part):
    mentions = part.mentions
    expected = cluster(mentions, part.context)
    for seed in range(3):
        random.Random(seed).shuffle(mentions)
        assert cluster(mentions, part.context) == expected


def test_the_seed_of_hashes_does_not_matter():
    answers = {
        subprocess.run(
            [sys.executable, "-c", CODE],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert "['m0', 'm1']" in answers.pop()
