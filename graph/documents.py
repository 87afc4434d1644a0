"""Finding one document as people name it."""

from ..ontology.document import Document, DocumentKind
from .errors import AmbiguousNameError, StoreError, UnknownNameError
from .protocols import View

__all__ = ["find_article", "find_document"]

_SHORTEST = 4
"""Digits of a document's id that may stand for all of it."""


def find_article(view: View, name: str) -> Document:
    """Give the article that `find_document` finds.

    Raises
    ------
    NameLookupError
        When there is none, or several.
    StoreError
        When it is a curated source, which belongs to the package.
    """
    found = find_document(view, name)
    if found.kind is DocumentKind.CURATED:
        raise StoreError(
            f"{found.title!r} is a curated source of the package, not an article",
            hint="a store without curated claims is made with: modelkin ingest --bare",
        )
    return found


def find_document(view: View, name: str) -> Document:
    """Give the document of that id, beginning of an id, title or address.

    Parameters
    ----------
    view : View
    name : str
        An id or at least its first four digits, a title, or an address.

    Raises
    ------
    UnknownNameError
        When there is none.
    AmbiguousNameError
        When there are several; the message lists them.
    """
    exact = view.document(name)
    found = (
        [exact]
        if exact is not None
        else [
            document
            for document in view.documents()
            if name in (document.title, document.url)
            or (len(name) >= _SHORTEST and document.id.startswith(name.lower()))
        ]
    )
    if not found:
        raise UnknownNameError(
            f"no document {name!r} in the store",
            hint=f"give an id or at least {_SHORTEST} digits of it: modelkin documents",
        )
    if len(found) > 1:
        listed = "\n".join(f"    {document.id}  {document.title}" for document in found)
        raise AmbiguousNameError(
            f"{name!r} may be {len(found)} documents:\n{listed}", hint="give the id"
        )
    return found[0]
