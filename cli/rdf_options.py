"""Options of the commands that read and write RDF."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["base_iri_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def _checked(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from ..graph.rdf.addresses import Addresses
    from ..ontology.errors import InvariantError

    try:
        return Addresses(value).base
    except InvariantError as error:
        raise click.BadParameter(f"{error.message}; {error.hint}", ctx, parameter) from error


def base_iri_option(command: Command) -> Command:
    """Give a command the option ``--base-iri`` as its argument ``base``; None for the default."""
    return click.option(
        "--base-iri",
        "base",
        metavar="IRI",
        envvar="MODELKIN_BASE_IRI",
        callback=_checked,
        help="What the addresses of things begin with; it ends in / or #."
        "  [default: https://w3id.org/modelkin/; env: MODELKIN_BASE_IRI]",
    )(command)
