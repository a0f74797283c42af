"""The signs that are not letters, and their replacements for terminals that do not have them."""

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from annotations.project.settings import GlyphSet
from tui.colours.depth import is_linux_console

_ARROWS = ("←", "→", "↑", "↓")


class Glyphs(Struct, frozen=True):
    """The signs of one set. A sign is one cell wide, except `backspace`, `shift` and `paragraph`."""

    here: str = "❯"
    rule: str = "│"
    focus: str = "▌"
    """The edge of a panel that has the focus."""
    settled: str = "━"
    left: str = "─"
    corrected: str = "╌"
    spark: str = "▁▂▃▄▅▆▇"
    """Seven heights, the lowest first."""
    edge: str = "▁"
    """The upper edge of a sheet."""
    thumb: str = "┃"
    """The part of the scroll bar that shows the current position."""
    flag: str = "⚑"
    cut: str = "…"
    done: str = "✓"
    begun: str = "▸"
    decided: str = "●"
    open: str = "○"
    own: str = "◆"
    """The article's own date."""
    gap: str = "┊"
    similar: str = "≈"
    differ: str = "≠"
    left_out: str = "−"
    rejected: str = "×"
    place: str = "·"
    no_label: str = "–"
    """In the rail, for a place where there may be a name."""
    keyless: str = "•"
    """A label without a key."""
    backspace: str = "⌫"
    shift: str = "⇧"
    paragraph: str = "¶"
    open_quote: str = "“"
    close_quote: str = "”"
    below: str = "↓"
    """Before how much more there is below."""
    choose: str = "▾"
    """After a value that can be changed by a choice."""
    changed: str = "→"
    """Between a value before and after a change."""
    arrows: tuple[str, str, str, str] = _ARROWS
    """The keys with arrows: left, right, up, down."""

    def key(self, sign: str) -> str:
        """The sign of a key, or of several keys, in this set."""
        for drawn, written in zip(_ARROWS, self.arrows, strict=True):
            sign = sign.replace(drawn, written)
        return sign

    def written(self, text: str) -> str:
        """A text whose signs of `UNICODE` are replaced by those of this set that take as many cells."""
        return text if self == UNICODE or text.isascii() else text.translate(_one_for_one(self))


UNICODE = Glyphs()
ASCII = Glyphs(
    here=">",
    rule="|",
    focus="|",
    settled="=",
    left="-",
    corrected=".",
    spark="1234567",
    edge="_",
    thumb="|",
    flag="!",
    cut="~",
    done="*",
    begun=">",
    decided="*",
    open="o",
    own="@",
    gap=":",
    similar="~",
    differ="#",
    left_out="-",
    rejected="x",
    place=".",
    no_label="-",
    keyless=".",
    backspace="BS",
    shift="S-",
    paragraph="par.",
    open_quote='"',
    close_quote='"',
    below="v",
    choose="v",
    changed="->",
    arrows=("Left", "Right", "Up", "Down"),
)


@lru_cache(maxsize=4)
def _one_for_one(glyphs: Glyphs) -> Mapping[int, str]:
    """The signs of `UNICODE` that another set replaces by one sign each; arrows become `<>^v`."""
    signs = {ord(arrow): pointing for arrow, pointing in zip(_ARROWS, "<>^v", strict=True)}
    for name in glyphs.__struct_fields__:
        drawn, written = getattr(UNICODE, name), getattr(glyphs, name)
        if len(drawn) == len(written) == 1:
            signs[ord(drawn)] = written
    return signs


def glyphs_of(setting: GlyphSet, encoding: str, environ: Mapping[str, str]) -> Glyphs:
    """The set for a terminal: ASCII on request, on the Linux console, and if it does not use UTF-8."""
    utf8 = encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig")
    if setting == "ascii" or not utf8 or is_linux_console(environ):
        return ASCII
    return UNICODE
