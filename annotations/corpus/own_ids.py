"""Different ids for documents with the same text that are opened in one run of the program."""

from dataclasses import replace

from annotations.model.document import Document, another_id


class OwnIds:
    """Knows the documents that were opened. A store may use its own ids for them."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, str, str]] = {}
        """The SHA-256 of the text, the path and the source of each document, by its id."""

    def of(self, document: Document) -> Document:
        """The document with an id that no other document has; the id is the same each time it is opened."""
        place = (document.sha256, document.path, document.source)
        if self._places.setdefault(document.id, place) == place:
            return document
        known = next((id_ for id_, there in self._places.items() if there == place), None)
        given = known or another_id(document.sha256)
        self._places[given] = place
        return replace(document, given_id=given)
