// The sentences behind a statement, with where they stand.
//
// $subject: the id of an entity; $predicate: derivedFrom, developedBy …; $object: the id of an
// entity, or the text of a value
// Columns: quote, start, end, document (id), title, url, published, kind, extractor, confidence.
MATCH (claim:Claim {predicate: $predicate})-[:SUBJECT]->(:Entity {id: $subject})
MATCH (claim)-[:STATED_IN]->(document:Document)
OPTIONAL MATCH (claim)-[:OBJECT]->(object:Entity)
WITH claim, document, coalesce(object.id, claim.value) AS object
WHERE object = $object
RETURN claim.quote AS quote,
       claim.start AS start,
       claim.end AS end,
       document.id AS document,
       document.title AS title,
       document.url AS url,
       document.published AS published,
       claim.kind AS kind,
       claim.extractor AS extractor,
       claim.confidence AS confidence
ORDER BY published, document, start, claim.id
