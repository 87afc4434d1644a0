"""Settings of the whole suite."""

from hypothesis import settings

pytest_plugins = ["lacking_servers", "fuseki_fixtures", "neo4j_fixtures", "one_worker"]

# How long an example takes says more about the machine than about the code.
settings.register_profile("modelkin", deadline=None)
settings.load_profile("modelkin")
