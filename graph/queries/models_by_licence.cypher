// How many models each licence covers, and which.
//
// Columns: licence (id), name, models (how many), ids (sorted).
MATCH (model:Model)-[:RELEASED_UNDER]->(licence:License)
WITH licence, model ORDER BY model.id
RETURN licence.id AS licence,
       licence.name AS name,
       count(model) AS models,
       collect(model.id) AS ids
ORDER BY models DESC, licence
