// Which statements rest on little: one claim, none of them curated, below a confidence.
//
// $confidence: from 0 to 1, .6
// Columns: subject (id), relation, object (id), confidence, first_stated.
MATCH (subject:Entity)-[statement]->(object:Entity)
WHERE statement.claims = 1 AND statement.curated = 0 AND statement.confidence < $confidence
RETURN subject.id AS subject,
       type(statement) AS relation,
       object.id AS object,
       statement.confidence AS confidence,
       statement.first_stated AS first_stated
ORDER BY confidence, subject, relation, object
