"""What the generated texts state is in them, is of the right types, and is the same every time."""

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import modelkin
from modelkin.extract.evaluation.gold import GoldDocument, read_gold
from modelkin.extract.relations.signature import SIGNATURES
from modelkin.extract.training import generate, record, write_documents
from modelkin.extract.training.frames import PLACES, frames
from modelkin.extract.training.naming import parts
from modelkin.ontology.terms import Attribute, EntityType, Method, Predicate

VALUES = {
    Attribute.PARAMETERS: r"[~<>]?(\d+x)?\d+(\.\d+)?[MBT]",
    Attribute.OPENNESS: r"open|closed|restricted",
    Attribute.COMMERCIAL_USE: r"yes|no|conditional",
    Attribute.RELEASE_DATE: r"\d{4}(-\d\d(-\d\d)?)?|--\d\d(-\d\d)?",
    Attribute.CONTEXT_LENGTH: r"\d+",
    Attribute.OPEN_STRATEGY: r"closed|closed-then-open|open-then-closed|open",
}
RELATIONS = {"better", "on-par", "near", "worse"}


@pytest.fixture(scope="module")
def documents() -> list[GoldDocument]:
    return generate(seed=0, documents=300)


def test_every_name_and_quote_is_in_the_text(documents: list[GoldDocument]) -> None:
    for document in documents:
        for entity in document.entities:
            assert entity.name in entity.names
            for name in entity.names:
                assert name in document.text, (document.id, name)
        for said in (*document.relations, *document.attributes):
            assert 0 < len(said.evidence) <= 120, (document.id, said)
            assert said.evidence in document.text, (document.id, said)


def test_ids_resolve_and_names_are_of_one_entity(documents: list[GoldDocument]) -> None:
    for document in documents:
        ids = {entity.id for entity in document.entities}
        assert len(ids) == len(document.entities)
        owners = Counter((e.type, name) for e in document.entities for name in e.names)
        assert [owner for owner, count in owners.items() if count > 1] == []
        for relation in document.relations:
            assert {relation.subject, relation.object} <= ids
            assert relation.subject != relation.object
        assert {a.subject for a in document.attributes} <= ids


def test_types_fit(documents: list[GoldDocument]) -> None:
    for document in documents:
        types = {entity.id: EntityType(entity.type) for entity in document.entities}
        for relation in document.relations:
            subjects, objects = SIGNATURES[Predicate(relation.predicate)]
            assert types[relation.subject] in subjects, (document.id, relation)
            assert types[relation.object] in objects, (document.id, relation)
            if relation.predicate == Predicate.DERIVED_FROM:
                assert Method(relation.qualifier("method") or "")
            if relation.predicate == Predicate.COMPARABLE_TO:
                assert relation.qualifier("relation") in RELATIONS
        for attribute in document.attributes:
            term = Attribute(attribute.attribute)
            expected = EntityType.MODEL
            if term is Attribute.OPEN_STRATEGY:
                expected = EntityType.ORGANIZATION
            assert types[attribute.subject] is expected
            assert re.fullmatch(VALUES[term], attribute.value), (document.id, attribute)


def test_nothing_is_said_twice_or_against_itself(documents: list[GoldDocument]) -> None:
    single = {Attribute.OPENNESS, Attribute.COMMERCIAL_USE, Attribute.OPEN_STRATEGY}
    for document in documents:
        said = [(r.subject, r.predicate, r.object) for r in document.relations]
        assert len(said) == len(set(said))
        assert not {(s, p, o) for s, p, o in said} & {(o, p, s) for s, p, o in said}
        lineage = Counter(
            (r.subject, r.object)
            for r in document.relations
            if r.predicate in (Predicate.DERIVED_FROM, Predicate.VARIANT_OF)
        )
        assert max(lineage.values(), default=1) == 1
        values = Counter((a.subject, a.attribute) for a in document.attributes)
        assert all(count == 1 for (_, term), count in values.items() if term in single)


def test_both_languages_state_everything(documents: list[GoldDocument]) -> None:
    for lang in ("zh", "en"):
        own = [document for document in documents if document.lang == lang]
        assert len(own) == 150
        assert {r.predicate for d in own for r in d.relations} == set(map(str, Predicate))
        assert {a.attribute for d in own for a in d.attributes} == set(map(str, Attribute))
        assert {e.type for d in own for e in d.entities} == set(map(str, EntityType))
        chinese = sum(bool(re.search("[\u4e00-\u9fff]", d.text)) for d in own)
        assert chinese == (150 if lang == "zh" else 0)


def test_a_member_of_a_named_family_is_its_variant(documents: list[GoldDocument]) -> None:
    for document in documents:
        models = {e.name: e.id for e in document.entities if e.type == EntityType.MODEL}
        joined = {(r.subject, r.object) for r in document.relations} | {
            (r.object, r.subject) for r in document.relations
        }
        outgoing = {
            r.subject
            for r in document.relations
            if r.predicate in (Predicate.VARIANT_OF, Predicate.DERIVED_FROM)
        }
        for family, id in models.items():
            for name, member in models.items():
                if re.fullmatch(re.escape(family) + r"[- ]\d+(\.\d+)?[BbMm]", name):
                    assert (member, id) in joined or member in outgoing, (document.id, name)


def test_the_written_folder_reads_back(documents: list[GoldDocument], tmp_path: Path) -> None:
    assert write_documents(documents[:6], tmp_path) == 6
    back = {document.id: document for document in read_gold(tmp_path)}
    for document in documents[:6]:
        assert record(back[document.id]) == record(document)
        assert back[document.id].text == document.text
        assert unicodedata.is_normalized("NFC", document.text)


def test_the_same_seed_gives_the_same_texts(tmp_path: Path) -> None:
    digests = set()
    arguments = ("--seed", "5", "--documents", "20")
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        subprocess.run(
            [sys.executable, "-m", "modelkin.extract.training", str(folder), *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        )
        files = sorted(folder.iterdir())
        assert len(files) == 40
        digests.add(hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest())
    assert len(digests) == 1
    assert json.loads(files[0].read_text(encoding="utf-8"))["lang"] == "en"


def test_invented_names_are_not_in_use(documents: list[GoldDocument]) -> None:
    def folded(name: str) -> str:
        return re.sub(r"[\W_]+", "", name).casefold()

    root = Path(modelkin.__file__).parent / "seeds"
    known = set()
    for file in ("entities.csv", "names.csv"):
        with (root / file).open(encoding="utf-8", newline="") as rows:
            known |= {folded(row["name"]) for row in csv.DictReader(rows)}
    real = {EntityType.LICENSE, EntityType.TECHNIQUE, EntityType.DOMAIN, EntityType.BENCHMARK}
    fixed = {form for lang in ("zh", "en") for forms in parts()["platform"][f"real_{lang}"]
             for form in forms} | {"ChatGPT"}  # fmt: skip
    invented = {
        name
        for document in documents
        for entity in document.entities
        if entity.type not in real
        for name in entity.names
        if name not in fixed
    }
    assert len(invented) > 2000
    assert {name for name in invented if folded(name) in known} == set()


def test_another_seed_gives_other_texts() -> None:
    assert generate(1, 4)[0].text != generate(2, 4)[0].text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_frames_say_no_names_outside_their_slots(lang: str) -> None:
    table = parts()
    names = {form for forms in table["licence"][lang] for form in forms}
    names |= {*table["technique"][lang], *table["benchmark"]["real"], *table["domain"][lang]}
    names |= {form for forms in table["platform"][f"real_{lang}"] for form in forms}
    for place, rows in frames(lang).items():
        assert place in PLACES
        for frame in rows:
            literal = re.sub(r"\{[^{}]*\}", " ", frame.text + "\n" + frame.item)
            for name in names:
                left = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
                right = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
                found = re.search(left + re.escape(name) + right, literal)
                assert found is None, (frame.text, name)
