"""Text from anywhere, made harmless to show: the one way for every sentence that holds some of it.

The article and lists on the screen are shown sign for sign instead (`tui.cells.displayable`), so that a
column there stays an offset in the text.
"""


def escaped(text: str) -> str:
    r"""The text on one line, with everything escaped that is not seen as a sign of its own.

    That is what drives a terminal, breaks a line, changes the direction of reading, hides or cannot be
    encoded: controls, separators other than the blank, formatting characters, private and unassigned code
    points, lone surrogates. A byte of a file name that is no UTF-8 is shown as that byte, `\xff`.
    Escaping again changes nothing.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _escape(sign) for sign in text)


def _escape(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")
