"""Writes the screen to a file."""

from pathlib import Path


def write_screenshot(svg: str, name: str) -> str:
    """Write it to a new file in this folder, named after the article; returns a sentence that says so."""
    stem = Path(name).stem
    file = Path(f"{stem}.svg")
    number = 1
    while file.exists():
        number += 1
        file = Path(f"{stem}-{number}.svg")
    try:
        file.write_text(svg, "utf-8")
    except OSError as error:
        return f"{file} cannot be written: {error.strerror}."
    return f"The screen is in {file}."
