"""In which language a document is read."""

from pathlib import Path

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.document_dates import timexes
from annotations.dates.document_language import (
    UNDECIDED,
    LanguageChoice,
    LanguageHints,
    check_language,
    pipeline_language,
    recognised,
)
from annotations.dates.matcher import find_dates
from annotations.model.errors import AnnotateError

SPANISH = (
    "El puerto de la ciudad fue cerrado el lunes por la tormenta, pero los barcos que estaban en el muelle"
    " no sufrieron daños y las autoridades lo abrirán el viernes."
)
GERMAN = (
    "Der Hafen wurde am Montag wegen des Sturms geschlossen, und die Schiffe lagen nicht mehr an der Mauer."
    " Das Amt will ihn am Freitag wieder öffnen, sagte eine Sprecherin."
)
ENGLISH = (
    "The port was closed on Monday for the storm, and the ships that lay at the quay were not hurt. It is"
    " to be opened by the office on Friday."
)
TEXTS = {
    "en": ENGLISH,
    "es": SPANISH,
    "de": GERMAN,
    "fr": "Le port est fermé depuis lundi à cause de la tempête, et les bateaux qui étaient au quai ne sont pas"
    " touchés. La mairie dit que le port va ouvrir dans la semaine pour les pêcheurs.",
    "it": "Il porto della città è chiuso da lunedì per la tempesta, ma le navi che erano al molo non sono"
    " danneggiate e il comune dice che sarà aperto anche di notte con una guardia.",
    "pt": "O porto da cidade foi fechado na segunda por uma tempestade, mas os navios que estavam no cais não"
    " foram atingidos e o governo espera que ele abra até sexta.",
    "nl": "De haven is maandag gesloten door de storm, maar de schepen die aan de kade lagen zijn niet geraakt"
    " en het bestuur hoopt dat hij vrijdag weer open is.",
    "ar": "أغلق الميناء يوم الاثنين بسبب العاصفة",
    "zh": "港口星期一因暴风雨关闭，船只没有受损。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_recognised_by_its_words(code: str) -> None:
    assert recognised(TEXTS[code]) == code


@pytest.mark.parametrize(
    "text",
    ["", "12 3 4", "Oslo Rotterdam Lisbon " * 30, "y " * 300, "the of"],
)
def test_what_is_short_or_names_alone_is_of_no_language(text: str) -> None:
    assert recognised(text) == ""
    assert UNDECIDED.language_of(text) == "en"


UNKNOWN = {
    "Galician": "O concello pechou a ponte porque a choiva era moi forte, e os veciños teñen que agardar ata a semana"
    " que vén por unha resposta das autoridades, que non estiveron no lugar.",
    "Catalan": "El consell ha tancat el pont per la pluja i els veïns de la vila han de esperar fins a la setmana"
    " que ve per a la resposta de les autoritats, que no van ser al lloc.",
    "Afrikaans": "Die raad het die brug gesluit en die mense van die dorp kan nie oor die rivier gaan nie, want dit het"
    " baie gereën en hulle sal moet wag.",
    "Swedish": "Rådet har stängt bron och det är inte bra för staden, sade borgmästaren i ett samtal med tidningen.",
    "Persian": "شورای شهر پل را بست و مردم باید تا هفته آینده منتظر بمانند که این کار انجام می‌شود.",
    "Japanese": "市議会選挙投票日 市長再選 新図書館来月開館 駅前広場工事",
    "Korean": "市議會가 다리를 닫았다. 會議는 다음 주에 열린다.",
    "Russian in Latin letters": "Sovet zakryl most, i eto ne khorosho dlya goroda, skazal mer na vstreche s gazetoy.",
    "Chinese in Latin letters": "Jintian tianqi hen hao, women qu gongyuan wan, ta he women yiqi zou de.",
    "names with articles": "José de la Torre\nMaria van den Berg\nPedro de las Casas y Soler\nLos Angeles\nEl Paso\n"
    * 5,
    "code": "def main(de, la):\n    for el in range(10):\n        print(el, de)\n    return la\n" * 5,
    "two languages": "The council said that it was in the town. Der Rat sagte, dass die Stadt mit dem Bau nicht fertig"
    " ist. And this is on the list for it. Das ist auf der Liste und für die Leute.",
    "three words": "Der alte Mann",
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_nothing_is_said_of_a_language_that_only_looks_like_a_known_one(text: str) -> None:
    assert recognised(text) == ""


def test_a_text_in_capitals_is_recognised_too() -> None:
    assert recognised(GERMAN.upper()) == "de"


def test_each_document_is_read_in_its_own_language() -> None:
    created = CreationTime("2021-04-08", "given")
    for text, language in ((SPANISH, "es"), (ENGLISH, "en")):
        spans = find_dates(text, language)
        assert [timex.value for timex in timexes(text, spans, created, language=language)] == [
            "2021-04-05",
            "2021-04-09",
        ]


def test_in_which_order_it_is_decided() -> None:
    chosen = LanguageChoice(pipeline="fr")
    assert UNDECIDED.language_of(GERMAN) == "de"
    assert chosen.language_of(GERMAN) == "fr"
    assert LanguageChoice("es", "fr").language_of(GERMAN) == "es"
    assert LanguageChoice("es", "fr").language_of(GERMAN, "en") == "en"


def test_another_language_than_the_pipelines_is_said_once() -> None:
    hints = LanguageHints(UNDECIDED)
    assert hints.hint(GERMAN) == "This looks like German: annotate --language de --model …"
    assert hints.hint(GERMAN) == ""
    assert hints.hint(ENGLISH) == ""
    assert hints.hint(SPANISH).startswith("This looks like Spanish")
    of_spanish = LanguageHints(LanguageChoice(pipeline="es"))
    assert of_spanish.hint(SPANISH) == ""
    assert of_spanish.hint(ENGLISH).startswith("This looks like English")
    assert LanguageHints(LanguageChoice("en")).hint(GERMAN) == ""


def test_that_no_names_are_suggested_in_a_stated_language_is_said_once() -> None:
    hints = LanguageHints(LanguageChoice("es"))
    said = "The pipeline is for English and suggests no names in Spanish; choose one with --model."
    assert [hints.hint(SPANISH), hints.hint(SPANISH)] == [said, ""]
    assert "no names in German" in hints.hint(SPANISH, own="de")
    assert LanguageHints(LanguageChoice("es", "es", "")).hint(SPANISH) == ""
    assert LanguageHints(LanguageChoice("es", "", "")).hint(SPANISH) == ""


def test_a_code_that_is_no_language() -> None:
    check_language("sv")
    with pytest.raises(
        AnnotateError, match="There is no language 'german'; write its code, such as ar "
    ):
        check_language("german")


@pytest.mark.parametrize(
    ("model", "code"),
    [("", ""), ("de_core_news_sm", "de"), ("blank:es", "es"), ("models/fr_own", "fr"), ("mine", "")],
)
def test_the_language_of_a_pipeline_by_its_name(model: str, code: str) -> None:
    assert pipeline_language(model) == code


def test_the_language_of_a_pipeline_in_a_folder_is_what_the_folder_says(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text('{"lang": "it", "name": "own"}')
    assert pipeline_language(str(tmp_path)) == "it"
    (tmp_path / "meta.json").write_text("[")
    assert pipeline_language(str(tmp_path)) == ""
