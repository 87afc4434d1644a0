// What a model was made from, step by step: every path of derivations upwards.
//
// $model: the id of a model, model/stable-beluga
// Columns: steps, path (ids, the model first), methods (one a step), base (the name at the end).
MATCH path = (:Model {id: $model})-[:DERIVED_FROM*]->(base:Model)
RETURN length(path) AS steps,
       [n IN nodes(path) | n.id] AS path,
       [r IN relationships(path) | r.method] AS methods,
       base.name AS base
ORDER BY steps, path
