// How models were made from others, year by year as first stated.
//
// Columns: year, method, derivations (how many).
MATCH (:Model)-[derivation:DERIVED_FROM]->(:Model)
WHERE derivation.first_stated IS NOT NULL
RETURN left(derivation.first_stated, 4) AS year,
       coalesce(derivation.method, 'unspecified') AS method,
       count(derivation) AS derivations
ORDER BY year, method
