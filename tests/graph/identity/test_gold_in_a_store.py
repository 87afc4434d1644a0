"""The gold of names, each read in a document of its own by a seeded store."""

from collections import defaultdict

from b_cubed import b_cubed

from modelkin.graph.stores import open_store
from modelkin.ontology.claim import Claim, Entity, Extraction, Value
from modelkin.ontology.document import Document
from modelkin.ontology.identifiers import entity_id
from modelkin.ontology.terms import EntityType, Predicate

MENTION = "mention"
MADE = (EntityType.DATASET, EntityType.MODEL, EntityType.PLATFORM, EntityType.PRODUCT)


def extraction(mention: Entity, firms: frozenset[str]) -> Extraction:
    """Give what a text says that names one thing, and who made it or employs them."""
    thing = Entity.of(
        entity_id(mention.type, mention.name), mention.type, mention.name, mention.names
    )
    others = [
        Entity.of(entity_id(EntityType.ORGANIZATION, firm), EntityType.ORGANIZATION, firm)
        for firm in sorted(firms)
    ]
    person = mention.type is EntityType.PERSON
    predicate = Predicate.AFFILIATED_WITH if person else Predicate.DEVELOPED_BY
    document = Document.of(f"{mention.id}: {mention.names} {sorted(firms)}", lang="en")
    said = [(predicate, other.id) for other in others if person or mention.type in MADE]
    # Tells, in the graph, what the document was found to speak of.
    said.append((MENTION, Value(mention.id)))
    claims = [
        Claim.of(
            thing.id,
            term,
            object,
            document.span(0, len(document.text)),
            extractor="gold@1",
            confidence=0.9,
        )
        for term, object in said
    ]
    return Extraction.of(document, {e.id: e for e in (*others, thing)}.values(), claims)


def test_a_store_tells_the_things_of_the_gold_apart(gold, tmp_path):
    clusters = defaultdict(set)
    with open_store(tmp_path / "store.db", create=True, read_only=False) as store:
        for mention in gold.mentions:
            store.merge(extraction(mention, gold.context.of(mention)))
        for claim in store.claims(predicate=MENTION):
            clusters[claim.subject].add(claim.object.lexical)
    precision, _, f1 = b_cubed([frozenset(ids) for ids in clusters.values()], gold.things)
    assert precision >= 0.99
    assert f1 >= 0.95
