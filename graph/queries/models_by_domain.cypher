// Which models and products each domain has: finance, medicine, law …
//
// Columns: domain (id), name, count, ids (sorted).
MATCH (applied:Entity)-[:APPLIES_TO]->(domain:Domain)
WITH domain, applied
ORDER BY applied.id
RETURN domain.id AS domain,
       domain.name AS name,
       count(applied) AS count,
       collect(applied.id) AS ids
ORDER BY count DESC, domain
