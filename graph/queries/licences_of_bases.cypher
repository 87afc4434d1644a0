// Which models are released under another licence than what they are made from.
//
// Columns: model (id), licence (id), base (id), licence_of_base (id), method.
MATCH (model:Model)-[derivation:DERIVED_FROM]->(base:Model)
MATCH (model)-[:RELEASED_UNDER]->(licence:License)
MATCH (base)-[:RELEASED_UNDER]->(other:License)
WHERE licence <> other AND NOT EXISTS { (model)-[:RELEASED_UNDER]->(other) }
RETURN model.id AS model,
       licence.id AS licence,
       base.id AS base,
       other.id AS licence_of_base,
       derivation.method AS method
ORDER BY model, licence, base, licence_of_base
