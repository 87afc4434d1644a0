// Which models are measured by which benchmark.
//
// Columns: benchmark (id), name, models (how many), ids (sorted).
MATCH (model:Model)-[:EVALUATED_ON]->(benchmark:Benchmark)
WITH benchmark, model
ORDER BY model.id
RETURN benchmark.id AS benchmark,
       benchmark.name AS name,
       count(model) AS models,
       collect(model.id) AS ids
ORDER BY models DESC, benchmark
