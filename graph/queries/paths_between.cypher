// Every way of derivations from one model to another, whichever came first.
//
// $from, $to: the ids of two models
// Columns: steps, path (ids), methods (one a step).
MATCH (later:Model), (earlier:Model)
WHERE (later.id = $from AND earlier.id = $to) OR (later.id = $to AND earlier.id = $from)
MATCH path = (later)-[:DERIVED_FROM*]->(earlier)
RETURN length(path) AS steps,
       [n IN nodes(path) | n.id] AS path,
       [r IN relationships(path) | r.method] AS methods
ORDER BY steps, path
