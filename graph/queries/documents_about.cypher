// Which documents speak of an entity, the earliest first; what has no date comes last.
//
// $entity: the id of an entity, organization/meta
// Columns: published, document (id), title, lang, url, claims (how many of them).
MATCH (document:Document)<-[:STATED_IN]-(claim:Claim)-[:SUBJECT|OBJECT]->(:Entity {id: $entity})
RETURN document.published AS published,
       document.id AS document,
       document.title AS title,
       document.lang AS lang,
       document.url AS url,
       count(DISTINCT claim) AS claims
ORDER BY published, document
