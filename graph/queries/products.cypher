// Which products run on which models, and on what those are made from.
//
// Columns: product (id), name, model (id), bases (ids, sorted).
MATCH (product:Product)-[:POWERED_BY]->(model:Model)
OPTIONAL MATCH (model)-[:DERIVED_FROM]->(base:Model)
WITH product, model, base
ORDER BY base.id
RETURN product.id AS product,
       product.name AS name,
       model.id AS model,
       collect(base.id) AS bases
ORDER BY product, model
