"""Letters of keyboards for other scripts, and the Latin letter on the same key.

So a person who writes Russian or Greek need not switch the keyboard to press `D` or to jump to a
letter. The pairs come from the layouts that Windows, macOS and Linux call Russian (and the i of Ukrainian
and Belarusian, which is on another key there), Greek, Hebrew and Arabic 101, and from the US layout,
in the order of its rows. Hebrew keyboards make Latin capitals with Shift. Arabic ones make no
capitals, and need the Latin layout for them.
"""

_LATIN = "qwertyuiopasdfghjklzxcvbnm"
_LOWER = (
    "йцукенгшщзфывапролдячсмить",  # Russian
    ";ςερτυθιοπασδφγηξκλζχψωβνμ",  # Greek
    "/'קראטוןםפשדגכעיחלךזסבהנמצ",  # Hebrew
    "ضصثقفغعهخحشسيبلاتنمئءؤر\0ىة",  # Arabic; \0 stands for a key that makes two characters
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
