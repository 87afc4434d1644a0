// Who hosts what: each platform, who operates it, and the models and datasets on it.
//
// Columns: platform (id), name, operators (ids, sorted), count, ids (of what is hosted, sorted).
MATCH (platform:Platform)
OPTIONAL MATCH (operator:Organization)-[:OPERATES]->(platform)
WITH platform, operator
ORDER BY operator.id
WITH platform, collect(operator.id) AS operators
OPTIONAL MATCH (hosted:Entity)-[:HOSTED_ON]->(platform)
WITH platform, operators, hosted
ORDER BY hosted.id
RETURN platform.id AS platform,
       platform.name AS name,
       operators,
       count(hosted) AS count,
       collect(hosted.id) AS ids
ORDER BY count DESC, platform
