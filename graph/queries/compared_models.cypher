// What a model is compared to, and how it does.
//
// $model: the id of a model, model/llama-2
// Columns: model (id), other (id), relations (of the first to the second: better, on-par …),
// claims (how many), shared (ids of benchmarks that measure both, sorted).
MATCH (model:Model)-[comparison:COMPARABLE_TO]->(other:Model)
WHERE model.id = $model OR other.id = $model
OPTIONAL MATCH (model)-[:EVALUATED_ON]->(benchmark:Benchmark)<-[:EVALUATED_ON]-(other)
WITH model, comparison, other, benchmark
ORDER BY benchmark.id
WITH model, comparison, other, collect(benchmark.id) AS shared
RETURN model.id AS model,
       other.id AS other,
       comparison.methods AS relations,
       comparison.claims AS claims,
       shared
ORDER BY model, other
