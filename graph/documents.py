"""Finding one document as people name it."""

from ..ontology.document import Document, DocumentKind
from .errors import AmbiguousNameError, StoreError, UnknownNameError
from .protocols import View

__all__ = ["find_document"]


def find_document(view: View, name: str) -> Document:
    """Give the article of that id, beginning of an id, title or address.

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
    StoreError
        When it is a curated source, which belongs to the package.
    """
    exact = view.document(name)
    found = (
        [exact]
        if exact is not None
        else [
            document
            for document in view.documents()
            if name in (document.title, document.url)
            or (len(name) >= 4 and document.id.startswith(name.lower()))
        ]
    )
    if not found:
        raise UnknownNameError(
            f"no document {name!r} in the store", hint="list them: modelkin documents"
        )
    if len(found) > 1:
        listed = "\n".join(f"    {document.id}  {document.title}" for document in found)
        raise AmbiguousNameError(
            f"{name!r} may be {len(found)} documents:\n{listed}", hint="give the id"
        )
    if found[0].kind is DocumentKind.CURATED:
        raise StoreError(
            f"{found[0].title!r} is a curated source of the package, not an article",
            hint="a store without curated claims is made with: modelkin ingest --bare",
        )
    return found[0]
