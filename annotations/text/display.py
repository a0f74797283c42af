"""Text from anywhere, made harmless to show: in sentences escaped, on the screen sign for sign."""


def escaped(text: str) -> str:
    r"""The text on one line, with everything escaped that is not seen as a sign of its own.

    That is what drives a terminal, breaks a line, changes the direction of reading, hides or cannot be
    encoded: controls, separators other than the blank, formatting characters, private and unassigned code
    points, lone surrogates. A byte of a file name that is not UTF-8 is shown as that byte, `\xff`.
    Escaping again changes nothing.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _escape(sign) for sign in text)


def displayable(text: str) -> str:
    """The text with symbols for what is invisible or drives a terminal: as many code points.

    For the article and lists on the screen, where a place stays an offset in the text.
    """
    if text.isascii() and text.isprintable():
        return text
    from annotations.text.invisible import with_symbols

    return with_symbols(text)


def _escape(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")
