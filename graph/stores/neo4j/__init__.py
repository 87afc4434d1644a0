"""The store in a Neo4j server, shared by everybody who can reach it.

The database holds two things. The *graph*, which queries see, is the property graph of
`modelkin.graph.projections.shape`. The *ledger* is the store itself: documents, readings, names,
statements, claims and decisions, each a node without relationships that carries the label
``Ledger``.

What a document changes is worked out in a *working copy*, an SQLite store on the writer's disk
that follows the ledger, by the same code that writes an embedded store. The graph is a function
of the documents and decisions, so that every writer's copy comes to the same; the difference
goes to the server in one transaction. Readers need no copy.
"""
