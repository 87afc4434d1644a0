// Which models most others are made from directly.
//
// $most: how many to show, 20
// Columns: model (id), name, made (how many others), methods (how, sorted).
MATCH (base:Model)<-[derivation:DERIVED_FROM]-(made:Model)
WHERE made <> base
WITH base, made, derivation.method AS method
ORDER BY method
WITH base, count(DISTINCT made) AS made, collect(DISTINCT method) AS methods
RETURN base.id AS model, base.name AS name, made, methods
ORDER BY made DESC, model
LIMIT $most
