// Who works where, and as what.
//
// Columns: person (id), name, organization (id), employer (its name), roles (as stated, sorted),
// first_stated.
MATCH (person:Person)-[work:AFFILIATED_WITH]->(organization:Organization)
OPTIONAL MATCH (person)<-[:SUBJECT]-(claim:Claim)-[:OBJECT]->(organization)
WHERE claim.predicate = 'affiliatedWith'
WITH person, work, organization, claim.role AS role
ORDER BY role
WITH person, work, organization, collect(DISTINCT role) AS roles
RETURN person.id AS person,
       person.name AS name,
       organization.id AS organization,
       organization.name AS employer,
       roles,
       work.first_stated AS first_stated
ORDER BY person, organization
