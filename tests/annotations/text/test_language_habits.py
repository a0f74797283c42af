"""Words and sentences with rules of single languages."""

import pytest

from annotations.editing.annotator_state import AnnotatorState
from annotations.editing.open_document import OpenDocument
from annotations.model.annotation_set import AnnotationSet
from annotations.model.document import Document
from annotations.model.label_scheme import ONTONOTES
from annotations.text import segmentation


def sentences(text: str, language: str) -> list[str]:
    starts = [0]
    while (start := segmentation.next_sentence(text, starts[-1], language)) < len(text):
        starts.append(start)
    ends = [*starts[1:], len(text)]
    found = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    back = [len(text)]
    while back[-1] > 0:
        back.append(segmentation.previous_sentence(text, back[-1], language))
    assert back[:0:-1] == starts
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            [
                "Am 5. April kam Hr. Bo, z. B. mit Fr. Ada.",
                "Im 19. Jahrhundert war es so.",
                "Ja!",
                "Nein.",
            ],
        ),
        (
            "de",
            ["Es kostete 3 Mio. Euro, d. h. viel.", "Bonn lag 1990 vorn.", "Um 490 v. Chr. fiel Jena."],
        ),
        ("es", ["El Sr. Gil vive en la Av. Norte.", "La Sra. Paz vio la pág. 3 del art. 5.", "Sí."]),
        ("fr", ["M. Blanc et Mme. Noir sont là.", "Voir l'art. 5 et la fig. 2 de Mgr. Roy.", "Oui."]),
        ("en", ["Mr. Day met Dr. Lee.", "It was No. 5.", "Yes."]),
        ("en", ["He was 5.", "April came."]),
        ("ar", ["هل عاد الوفد؟", "نعم عاد."]),
    ],
)
def test_abbreviations_end_no_sentence(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


def test_sentences_of_chinese_end_without_a_space() -> None:
    text = "他来了。“走吧！”她说。真的吗？对。"
    assert sentences(text, "zh") == ["他来了。", "“走吧！”", "她说。", "真的吗？", "对。"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "fr",
            "L'Élysée d’hier, qu'on aujourd'hui",
            ["L'", "Élysée", "d’", "hier", "qu'", "on", "aujourd'hui"],
        ),
        ("it", "l'Italia dell'Adda, po' di", ["l'", "Italia", "dell'", "Adda", "po", "di"]),
        ("en", "d'Artagnan don't", ["d'Artagnan", "don't"]),
        ("", "l'Élysée", ["l'Élysée"]),
    ],
)
def test_what_lost_its_vowel_is_a_word_of_its_own(language: str, text: str, expected: list[str]) -> None:
    found = [text[start:end] for start, end in segmentation.words(text, 0, len(text), language)]
    assert found == expected


def test_keys_go_by_the_words_and_sentences_of_the_document() -> None:
    text = "L'Élysée a dit non. M. Blanc part de l'Élysée à 5 h."
    document = Document(text, "a.txt")
    annotations = AnnotationSet(document.id, "ann")
    opened = OpenDocument(document, annotations, ONTONOTES, state=AnnotatorState())
    selection = opened.selection
    opened.properties.set_language("fr")
    selection.place(0)
    selection.next_word()
    assert text[selection.focus.start : selection.focus.end] == "Élysée"
    opened.review.label("ORG")
    found = [text[span.start : span.end] for span in opened.session.annotations.spans]
    assert found == ["Élysée", "Élysée"]
    selection.place(0)
    selection.next_sentence()
    assert text[selection.cursor :].startswith("M. Blanc")
    selection.next_sentence()
    assert text[selection.cursor :] == "h."
