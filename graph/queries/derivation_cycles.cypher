// Which models come from themselves, over up to six steps: one of the sources must be wrong.
//
// Columns: steps, path (ids, once from each model of the cycle).
MATCH path = (model:Model)-[:DERIVED_FROM*1..6]->(model)
RETURN length(path) AS steps, [n IN nodes(path) | n.id] AS path
ORDER BY steps, path
