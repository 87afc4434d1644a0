// How many models come from a model, by the fewest steps to it.
//
// $model: the id of a model, model/llama-2
// Columns: steps, models (how many), ids (sorted).
MATCH path = (:Model {id: $model})<-[:DERIVED_FROM*]-(made:Model)
WHERE made.id <> $model
WITH made, min(length(path)) AS steps
ORDER BY made.id
RETURN steps, count(made) AS models, collect(made.id) AS ids
ORDER BY steps
