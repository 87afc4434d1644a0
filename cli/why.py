"""``modelkin why``: the claims behind one statement."""

import click

from .evidence import claim_records, print_claims
from .naming import term_named
from .output import emit_json
from .settings import Settings, candidates_option, format_option, open_for_reading, store_option

__all__ = ["command"]


@click.command("why")
@click.argument("subject")
@click.argument("predicate")
@click.argument("object", metavar="OBJECT")
@candidates_option
@store_option
@format_option("table", "json")
@click.pass_obj
def command(settings: Settings, subject: str, predicate: str, object: str, format: str) -> None:
    """Show every claim behind a statement: quote, document, offsets, rule, confidence, dates.

    \b
    Examples:
      modelkin why "Stable Beluga" derivedFrom "Llama 2"
      modelkin why 百川智能 openStrategy open-then-closed --format json
    """
    from ..graph.errors import UnknownNameError
    from ..graph.names import resolve
    from ..ontology.claim import Value
    from ..ontology.terms import Attribute

    term = term_named(predicate)
    with open_for_reading(settings) as store:
        entity = resolve(store, subject)
        if term in list(Attribute):
            known = [s.object for s in store.statements(entity.id, term)]
            wanted: str | Value | None = next(
                (v for v in known if isinstance(v, Value) and v.lexical == object), None
            )
            if wanted is None:
                listed = ", ".join(v.lexical for v in known if isinstance(v, Value))
                raise UnknownNameError(
                    f"nothing says that {term} of {entity.name} is {object!r}",
                    hint=f"known values: {listed}" if listed else f"modelkin show {entity.id}",
                )
        else:
            wanted = resolve(store, object).id
        claims = list(store.claims(entity.id, term, wanted))
        if not claims:
            raise UnknownNameError(
                f"nothing says {entity.name} {term} {object}",
                hint=f"see what is said: modelkin show {entity.id!r}",
            )
        if format == "json":
            emit_json(claim_records(store, claims))
        else:
            print_claims(store, claims, "")
