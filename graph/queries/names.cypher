// Which entities have a name with this in it, large and small letters alike.
//
// $name: a part of a name, 千问
// Columns: entity (id), type, name, aliases.
MATCH (entity:Entity)
WHERE toLower(entity.name) CONTAINS toLower($name)
   OR any(alias IN entity.aliases WHERE toLower(alias) CONTAINS toLower($name))
RETURN entity.id AS entity,
       labels(entity)[0] AS type,
       entity.name AS name,
       entity.aliases AS aliases
ORDER BY entity
