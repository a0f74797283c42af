"""Text from any source, made safe to show: escaped in sentences, character by character on the screen."""


def escaped(text: str) -> str:
    r"""The text on one line, with everything escaped that is not visible as a character.

    This includes characters that control a terminal, break a line, change the direction of reading, are
    hidden or cannot be encoded: controls, separators other than the space, formatting characters,
    private and unassigned code points, lone surrogates. A byte of a file name that is not UTF-8 is
    shown as that byte, `\xff`. Escaping a second time changes nothing.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else _escape(sign) for sign in text)


def displayable(text: str) -> str:
    """The text with symbols for characters that are invisible or control a terminal: the number of code
    points is the same.

    For the article and lists on the screen, where every position must remain an offset in the text.
    """
    if text.isascii() and text.isprintable():
        return text
    from annotations.text.invisible import with_symbols

    return with_symbols(text)


def _escape(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")
