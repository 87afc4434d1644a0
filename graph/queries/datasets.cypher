// Which models are trained on which data.
//
// Columns: dataset (id), name, models (how many), ids (sorted).
MATCH (model:Model)-[:TRAINED_ON]->(dataset:Dataset)
WITH dataset, model
ORDER BY model.id
RETURN dataset.id AS dataset,
       dataset.name AS name,
       count(model) AS models,
       collect(model.id) AS ids
ORDER BY models DESC, dataset
