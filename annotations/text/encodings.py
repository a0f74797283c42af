"""The likely encoding of bytes that are not UTF-8: advice for a person, never a decision.

Unicode's own encodings are recognised by a byte order mark or by NUL bytes. In Western texts few
letters are not ASCII, and nothing distinguishes Windows-1252 from similar encodings, so it is always
chosen for them; most Latin-1 files are in fact Windows-1252. For other scripts, charset-normalizer
gives the name.
"""

import codecs
import re

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2**16
"""How many bytes of a file are examined."""
_OTHER_SCRIPT = 0.3
"""The share of letters beyond ASCII above which a text is not in Latin script."""
# Patterns are compiled where they are used: hardly any article needs them.
_SIGN_IN_WORD = r"(?<=[^\W\d_])[\u00a1-\u00bf\u00d7\u00f7\u2020\u2021\u2030](?=[^\W\d_])"
_CONTROLS = rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]"
_WORD_SIGNS = "\u00ad\u00b7\u00aa\u00ba"
"""Signs of Windows-1252 that do occur in words: soft hyphen, middle dot and ordinal signs."""
_COMMON = [
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "koi8_r", "cp1251", "cp1253", "cp1255", "cp1256", "cp1250",
]  # fmt: skip
"""Other encodings of texts on the web. Rarer ones are more often a wrong guess than a right one."""
_IMPROBABLE = {
    "cp932": "[\uff61-\uff9f]",  # half-width katakana
    "cp949": "[\u4e00-\u9fff]",  # Chinese characters, rare in modern Korean
}


def advised(data: bytes) -> str:
    """The likely encoding of these bytes, as `--encoding` accepts it; empty if it cannot be recognised."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    return marked or _without_marks(data[:_SAMPLE]) or _by_statistics(data[:_SAMPLE])


def advice(data: bytes) -> str:
    """The end of a sentence about bytes that do not decode: which encoding to name."""
    name = advised(data)
    shown = "Windows-1252" if name == "cp1252" else name
    if name:
        return f"it looks like {shown}, so try --encoding {name}"
    return "name its encoding with --encoding"


def unknown(name: str) -> str:
    """What is wrong with the name of an encoding, as a sentence; empty for a name that Python knows."""
    try:
        b"a".decode(name)
    except UnicodeError:
        return ""  # there is such an encoding, but this byte is not valid in it
    except (LookupError, ValueError):
        return f"There is no encoding {name!r}; try utf-8, cp1252 or utf-16."
    return ""


def is_utf8(name: str) -> bool:
    """Whether this is a name of UTF-8."""
    return codecs.lookup(name).name == "utf-8"


def _without_marks(data: bytes) -> str:
    """UTF-16 and UTF-32 without a byte order mark: every second byte of Western text is NUL."""
    half = len(data) // 2
    if half < 2:
        return ""
    even, odd = data[::2].count(0) / half, data[1::2].count(0) / half
    if min(even, odd) > 0.4 and even + odd > 1.2:
        return "utf-32-be" if data[:2] == b"\0\0" else "utf-32-le"
    if max(even, odd) > 0.4 and min(even, odd) < 0.1:
        return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _by_statistics(data: bytes) -> str:
    lines = b"\n".join(line for line in data.splitlines() if not line.isascii())
    if not lines:
        return ""
    if len(re.findall(_CONTROLS, lines)) * 50 > len(lines):
        return ""  # no text at all
    western = lines.decode("cp1252", "replace")
    letters = [char for char in western if char.isalpha()]
    other_script = sum(not char.isascii() for char in letters) > len(letters) * _OTHER_SCRIPT
    odd = any(sign not in _WORD_SIGNS for sign in re.findall(_SIGN_IN_WORD, western))
    if not (other_script or odd or "\ufffd" in western):
        return "cp1252"
    from charset_normalizer import from_bytes

    found = (match.encoding for match in from_bytes(lines, cp_isolation=_COMMON))
    return next((name for name in found if _is_probable(lines, name)), "")


def _is_probable(data: bytes, name: str) -> bool:
    text = data.decode(name, "replace")
    high = sum(not char.isascii() for char in text)
    return name not in _IMPROBABLE or len(re.findall(_IMPROBABLE[name], text)) * 8 < high
