// Which models are versions or variants of a model, or it of them, over up to four steps.
//
// $model: the id of a model, model/qwen
// Columns: steps (the fewest), model (id), name.
MATCH path = (:Model {id: $model})-[:SUCCEEDS|VARIANT_OF*1..4]-(relative:Model)
WHERE relative.id <> $model
RETURN min(length(path)) AS steps, relative.id AS model, relative.name AS name
ORDER BY steps, model
