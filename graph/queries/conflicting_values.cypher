// Of what do sources give different values where there is one: openness, date of release …
//
// Commercial use and strategy too; what 'modelkin conflicts' shows is judged with more care.
// Columns: entity (id), name, attribute, values (sorted), claims (how many for each).
MATCH (claim:Claim)-[:SUBJECT]->(entity:Entity)
WHERE claim.predicate IN ['commercialUse', 'openStrategy', 'openness', 'releaseDate']
WITH entity, claim.predicate AS attribute, claim.value AS value, count(claim) AS claims
ORDER BY value
WITH entity, attribute, collect(value) AS values, collect(claims) AS claims
WHERE size(values) > 1
RETURN entity.id AS entity, entity.name AS name, attribute, values, claims
ORDER BY entity, attribute
