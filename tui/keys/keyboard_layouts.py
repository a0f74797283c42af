"""Letters of keyboards for other scripts, and the Latin letter on the same key.

A person who writes Russian or Greek need not switch the keyboard to press `D` or to jump to a letter. The pairs are
those of the layouts that Windows, macOS and Linux call Russian (with the letters that Ukrainian and Belarusian
put elsewhere), Greek, Hebrew and Arabic 101, beside the letters of the US layout in the order of its rows.
Hebrew keyboards make Latin capitals with Shift; Arabic ones make none, and need the Latin layout for these.
"""

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_LOWER = (
    "йцукенгшщзфывапролдячсмить",  # Russian
    ";ςερτυθιοπασδφγηξκλζχψωβνμ",  # Greek
    "/'קראטוןםפשדגכעיחלךזסבהנמצ",  # Hebrew
    "ضصثقفغعهخحشسيبلاتنمئءؤر\0ىة",  # Arabic: one key makes two characters
)
_ELSEWHERE = {"і": "s", "І": "S"}
_LATIN_OF = (
    {
        letter: latin
        for row in _LOWER
        for letter, latin in zip(row, _LATIN, strict=True)
        if letter.isalpha()
    }
    | {
        letter.upper(): latin.upper()
        for row in _LOWER
        for letter, latin in zip(row, _LATIN, strict=True)
        if letter.upper() != letter and letter != "ς"
    }
    | _ELSEWHERE
)


def latin_key(key: str) -> str:
    """The Latin letter on the key that makes a letter of another script; any other key as it is."""
    return _LATIN_OF.get(key, key)
