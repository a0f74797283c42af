"""Scrolling with keys, in the same way in every screen that is only read."""

from textual.widget import Widget


def scroll(view: Widget, key: str, action: str) -> bool:
    """Scroll a view by a key or its action; `False` if the key does not scroll."""
    page = max(view.size.height - 2, 1)
    top = view.scroll_offset.y
    places = {
        "line_down": top + 1,
        "line_up": top - 1,
        "page_down": top + page,
        "page_up": top - page,
        "to_start": 0,
        "to_end": view.max_scroll_y,
    }
    place = places["page_down"] if key == "space" else places.get(action)
    if place is None:
        return False
    view.scroll_to(y=place, animate=False)
    return True
