"""``modelkin sparql``: SPARQL over the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit
from .querying import query_file_option, read_query, timeout_option
from .rdf_options import base_iri_option
from .settings import (
    Settings,
    candidates_option,
    clock_options,
    format_option,
    open_for_reading,
    store_option,
    view_of,
)

if TYPE_CHECKING:
    from ..graph.projections.rdf_answer import Answer

__all__ = ["command"]


@click.command("sparql", short_help="Answer a SPARQL query; reads only.")
@click.argument("sparql", metavar="[QUERY]", required=False)
@query_file_option
@timeout_option
@base_iri_option
@clock_options
@candidates_option
@store_option
@format_option("table", "json", "csv", "xml", "ttl")
@click.pass_obj
def command(
    settings: Settings,
    sparql: str | None,
    file: Path | None,
    timeout: float,
    base: str | None,
    format: str,
) -> None:
    """Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE); reads only.

    \b
    The graph is that of 'modelkin export graph.trig': entities, statements (mk:derivedFrom,
    mk:developedBy …), documents and the provenance of claims in the default graph, and every
    claim a named graph of the one triple that it states. The prefixes mk:, schema:, prov:, oa:,
    skos:, rdfs: and others are known, and <model/llama-2> is relative to the base of all
    addresses. Nothing is fetched: no SERVICE, no LOAD, no FROM elsewhere.

    \b
    --format json, csv and xml are the SPARQL 1.1 results formats; ttl is Turtle, for CONSTRUCT
    and DESCRIBE. With --as-of or --known-at the graph is made anew for the one query.

    \b
    Examples:
      # All that Stable Beluga comes from, over any number of steps.
      modelkin sparql 'SELECT ?base { ?m rdfs:label "Stable Beluga" . ?m mk:derivedFrom+ ?b .
                       ?b rdfs:label ?base } ORDER BY ?base'
      # The sentences that say so, each from its claim.
      modelkin sparql 'SELECT ?model ?base ?quote {
                       GRAPH ?claim { ?m mk:derivedFrom ?b } ?claim mk:evidence/mk:quote ?quote .
                       ?m rdfs:label ?model . ?b rdfs:label ?base }'
      # 以“羊驼”为名或别名的模型，以及由它衍生的全部模型
      modelkin sparql 'SELECT DISTINCT ?名称 { ?源 rdfs:label|skos:altLabel "羊驼" .
                       ?模型 mk:derivedFrom+ ?源 ; rdfs:label ?名称 }'
      # 每家机构开发了多少模型
      modelkin sparql 'SELECT ?机构 (COUNT(?m) AS ?数量) { ?m mk:developedBy/rdfs:label ?机构 }
                       GROUP BY ?机构 ORDER BY DESC(?数量) ?机构'
      modelkin sparql 'ASK { ?model mk:derivedFrom+ ?model }'
      modelkin sparql 'DESCRIBE <model/llama-2>' --format ttl
      modelkin sparql -f lineage.rq --format csv --known-at 2023-07
    """
    if (sparql is None) == (file is None):
        raise click.UsageError("give the query as an argument or with --file, one of the two")
    text = sparql if file is None else read_query(file)
    assert text is not None
    with open_for_reading(settings) as store:
        from ..graph.projections.rdf import run, run_on_view
        from ..graph.projections.rdf_prefixes import BASE

        base = base or BASE
        view = view_of(settings, store)
        if view is store:
            answer = run(store, text, timeout=timeout, base=base)
        else:
            answer = run_on_view(view, text, timeout=timeout, base=base)
    _write(answer, format, base)


def _write(answer: "Answer", format: str, base: str) -> None:
    from ..graph.projections.rdf_answer import as_csv, as_json, as_turtle, as_xml

    if format != "table":
        write = {"json": as_json, "csv": as_csv, "xml": as_xml, "ttl": as_turtle}[format]
        text = write(answer)
        click.echo(text, nl=not text.endswith("\n"))
    elif answer.boolean is not None:
        click.echo(str(answer.boolean).lower())
    else:
        rows = [["" if term is None else term.shown(base) for term in row] for row in answer.rows]
        emit(answer.variables, rows, format)
