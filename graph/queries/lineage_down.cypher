// What was made from a model, step by step: each model once, with the fewest steps to it.
//
// $model: the id of a model, model/llama-2
// Columns: steps, model (id), name.
MATCH path = (:Model {id: $model})<-[:DERIVED_FROM*]-(made:Model)
WHERE made.id <> $model
RETURN min(length(path)) AS steps, made.id AS model, made.name AS name
ORDER BY steps, model
