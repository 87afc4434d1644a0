// Which models each company or person develops.
//
// Columns: developer (id), name, models (how many), ids (sorted).
MATCH (model:Model)-[:DEVELOPED_BY]->(developer:Entity)
WITH developer, model
ORDER BY model.id
RETURN developer.id AS developer,
       developer.name AS name,
       count(model) AS models,
       collect(model.id) AS ids
ORDER BY models DESC, developer
