"""``modelkin validate``: whether the graph, or a file of RDF, is well-formed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .output import emit_json, note, printable
from .settings import Settings, format_option, opened, store_option

if TYPE_CHECKING:
    from ..graph.validation import Report, Violation

__all__ = ["command"]


@click.command("validate")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--from", "kind", metavar="FORMAT", help="The file's, where its suffix says none.")
@click.option("--base-iri", metavar="IRI", help="What relative addresses in it are relative to.")
@store_option
@format_option("text", "json")
@click.pass_context
def command(
    ctx: click.Context, file: Path | None, kind: str | None, base_iri: str | None, format: str
) -> None:
    """Check the graph, or a FILE of RDF, against the shapes of the ontology.

    \b
    Reads .ttl .trig .nq .nt .jsonld .rdf; nothing is fetched, whatever a file names. Without a
    FILE it checks the store, candidates too. The exit code is 1 when something is wrong, and 3
    when the file cannot be read.

    \b
    Examples:
      modelkin validate
      modelkin validate graph.trig
      modelkin validate models.rdf --format json
    """
    if file is None and (kind is not None or base_iri is not None):
        raise click.UsageError("--from and --base-iri are about a FILE")
    settings = ctx.find_object(Settings)
    assert settings is not None
    report = _of_store(settings) if file is None else _of_file(file, kind, base_iri)
    if format == "json":
        emit_json(
            {
                "conforms": report.conforms,
                "nodes": report.nodes,
                "violations": report.total,
                "results": [_record(violation) for violation in report.violations],
            }
        )
    else:
        for violation in report.violations:
            click.echo(printable(_line(violation)))
        _tell(report)
    ctx.exit(0 if report.conforms else 1)


def _of_store(settings: Settings) -> "Report":
    from ..graph.validation import validate, view_quads

    with opened(settings, candidates=True) as store:
        return validate(view_quads(store))


def _of_file(file: Path, kind: str | None, base: str | None) -> "Report":
    from ..graph.importers.reading import FORMATS, quads
    from ..graph.validation import validate

    if kind is not None and kind not in FORMATS:
        raise click.BadParameter(f"one of {', '.join(FORMATS)}", param_hint="'--from'")
    return validate(quads(file, kind, base))


def _tell(report: "Report") -> None:
    if report.conforms:
        click.echo(f"conforms: {report.nodes} nodes checked")
        return
    said = len(report.violations)
    if said < report.total:
        note(f"the first {said} of {report.total}")
    click.echo(f"does not conform: {report.total} violations in {report.nodes} nodes")


def _record(violation: "Violation") -> dict[str, object]:
    return {
        "focus": violation.focus,
        "path": violation.path or None,
        "value": violation.value or None,
        "shape": violation.shape,
        "messages": dict(violation.messages),
    }


def _line(violation: "Violation") -> str:
    """Give a violation as a line: what, where, why, in both languages."""
    from ..graph.rdf.syntax import PREFIXES

    path = violation.path
    for prefix, namespace in PREFIXES.items():
        if path.startswith(namespace):
            path = f"{prefix}:{path.removeprefix(namespace)}"
    where = f" {path}" if path else ""
    value = f" {violation.value!r}" if violation.value else ""
    why = " / ".join(violation.messages.values()) or violation.shape
    return f"{violation.focus}{where}{value}: {why}"
