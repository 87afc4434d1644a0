"""What ``modelkin sync`` does where the target is a SPARQL server."""

import os
from typing import TYPE_CHECKING

from .output import emit, note
from .reading import progress
from .settings import DEFAULT_USER, Settings, opened

if TYPE_CHECKING:
    from ..graph.publishing import PublishReport

__all__ = ["publish_to"]

# Who runs a SPARQL server is called so by most of them; the default of --user is Neo4j's.
_USER = "admin"


def publish_to(
    settings: Settings,
    source: str,
    target: str,
    *,
    base: str | None,
    batch: int,
    dry_run: bool,
    replace: bool,
    format: str,
) -> None:
    """Publish a store to a SPARQL server, and say what was sent.

    Raises
    ------
    StoreError
        When the store cannot be read, or the server cannot be written to.
    """
    from ..graph.projections.rdf_prefixes import BASE
    from ..graph.publishing import publish
    from ..graph.sparql_server import PASSWORD_VARIABLE, SparqlServer, endpoint

    user = _USER if settings.user == DEFAULT_USER else settings.user
    at = endpoint(target, user=user, password=os.environ.get(PASSWORD_VARIABLE, ""))
    if at.is_readable_on_the_way:
        note(f"the password goes to {at.url} readable for others on the way: https hides it")
    with progress() as step, opened(settings, source) as store, SparqlServer(at) as server:
        report = publish(
            store,
            server,
            base=base or BASE,
            batch=batch,
            replace=replace,
            dry_run=dry_run,
            progress=step,
        )
    if dry_run:
        note("dry run: nothing was sent")
    emit(("published", "new", "changed", "removed"), _rows(report), format)


def _rows(report: "PublishReport") -> list[tuple[str, int, int, int]]:
    return [
        (name, counts.new, counts.changed, counts.removed)
        for name, counts in (("claims", report.claims), ("other resources", report.others))
    ]
