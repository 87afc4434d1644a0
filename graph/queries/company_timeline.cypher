// What a company brought out, the earliest first; what has no date comes last.
//
// $organization: the id of a company, organization/meta
// Columns: date (of release, else when it was first stated), model (id), name, openness (as
// stated, best supported first), bases (ids of what it is made from, sorted).
MATCH (model:Model)-[development:DEVELOPED_BY]->(:Organization {id: $organization})
OPTIONAL MATCH (model)-[:DERIVED_FROM]->(base:Model)
WITH model, development, base
ORDER BY base.id
WITH model, development, collect(base.id) AS bases
RETURN coalesce(head(model.releaseDate), development.first_stated) AS date,
       model.id AS model,
       model.name AS name,
       coalesce(model.openness, []) AS openness,
       bases
ORDER BY date, model
