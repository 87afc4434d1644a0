"""Who asks a server, and which of its databases."""

import os
import re
from dataclasses import dataclass, field

__all__ = ["PASSWORD_VARIABLE", "Login", "is_address"]

PASSWORD_VARIABLE = "MODELKIN_NEO4J_PASSWORD"  # noqa: S105
_ADDRESS = re.compile(r"(?:bolt|neo4j)(?:\+s|\+ssc)?://", re.IGNORECASE)


def is_address(location: str | os.PathLike[str]) -> bool:
    """Tell whether a location is the address of a Neo4j server.

    Examples
    --------
    >>> is_address("neo4j+s://host"), is_address("modelkin.db")
    (True, False)
    """
    return bool(_ADDRESS.match(os.fspath(location)))


@dataclass(frozen=True, slots=True)
class Login:
    """Who asks a server.

    Parameters
    ----------
    user : str
    password : str
        Empty for a server that asks for none; by default what the environment variable
        ``MODELKIN_NEO4J_PASSWORD`` says.
    database : str or None
        None for the user's home database.

    Examples
    --------
    >>> Login("ada", "secret")
    Login(user='ada', database=None)
    """

    user: str = "neo4j"
    password: str = field(default_factory=lambda: os.environ.get(PASSWORD_VARIABLE, ""), repr=False)
    database: str | None = None
