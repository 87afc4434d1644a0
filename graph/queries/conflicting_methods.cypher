// Of which derivations do sources say different things: fine-tuned, distilled, merged …
//
// Columns: model (id), base (id), methods (most often stated first), claims (how many).
MATCH (model:Model)-[derivation:DERIVED_FROM]->(base:Model)
WHERE size(derivation.methods) > 1
RETURN model.id AS model,
       base.id AS base,
       derivation.methods AS methods,
       derivation.claims AS claims
ORDER BY model, base
