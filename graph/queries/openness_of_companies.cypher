// How open each company's models are, beside the strategy that it is said to have.
//
// A model of which sources disagree counts in each column that one of them gives it.
// Columns: organization (id), name, strategy (as stated), models, open, restricted, closed,
// unknown (how many).
MATCH (model:Model)-[:DEVELOPED_BY]->(organization:Organization)
RETURN organization.id AS organization,
       organization.name AS name,
       coalesce(organization.openStrategy, []) AS strategy,
       count(model) AS models,
       sum(CASE WHEN 'open' IN model.openness THEN 1 ELSE 0 END) AS open,
       sum(CASE WHEN 'restricted' IN model.openness THEN 1 ELSE 0 END) AS restricted,
       sum(CASE WHEN 'closed' IN model.openness THEN 1 ELSE 0 END) AS closed,
       sum(CASE WHEN model.openness IS NULL THEN 1 ELSE 0 END) AS unknown
ORDER BY models DESC, organization
