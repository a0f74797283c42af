"""Names for the files of a folder that holds one for each document."""

import re
from pathlib import PurePath


def numbered_name(number: int, path: str) -> str:
    """A file name without an ending: sorting by it is the order of the documents.

    It keeps what it can of the name in the document's path and never leads out of the folder.
    """
    stem = re.sub(r"[^\w-]+", "_", PurePath(path).stem).strip("_")[:60]
    return f"{number:06}-{stem or 'document'}"
