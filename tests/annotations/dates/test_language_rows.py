"""Each mechanism in languages other than English is tested with sentences in other words than the
rules' examples, and with near misses. The date of the article is Thursday 8 April 2021.
"""

import pytest

from annotations.dates.creation_time import CreationTime
from annotations.dates.matcher import find_dates
from annotations.dates.resolver import resolve

CREATED = CreationTime("2021-04-08", "given")
Rows = dict[str, list[tuple[str, str]]]
GERMAN: Rows = {
    "direction": [
        ("Die Brücke bleibt bis [Sonntag] gesperrt.", "2021-04-11"),
        ("Die Miete ist am [20. Dezember] fällig.", "2021-12-20"),
        ("Seit [Montag] ist der Steg zu, er soll bald wieder öffnen.", "2021-04-05"),
        ("Der Rat beschloss am [Dienstag] die neuen Pläne.", "2021-04-06"),
        ("Das Gesetz tritt am [1. Oktober] in Kraft.", "2021-10-01"),
        ("Die Brigade fuhr am [Sonntag] ins Tal.", "2021-04-04"),
    ],
    "another week or day": [
        ("Das sagte er am [Mittwoch voriger Woche].", "2021-03-31"),
        ("Er kam am Montag. Um [21 Uhr] schloss der Wärter ab.", "2021-04-05T21:00"),
        ("Am [Freitag vergangener Woche] brannte es.", "2021-04-02"),
        ("Die [Dienstagausgabe] war vergriffen.", "2021-04-06"),
        ("Die [Wochenendausgabe] war vergriffen.", "2021-W13-WE"),
        ("Am [morgigen Freitag] tagt der Rat.", "2021-04-09"),
    ],
    "narrative": [
        ("Der Klub siegte 1990, 1992 und 1995. Im [Mai] öffnet das Stadion wieder.", "2021-05"),
        ("Er floh 1990 und kam [zwei Jahre später] zurück.", "1992"),
        ("Sie begann 2004 und hörte im [folgenden Jahr] auf.", "2005"),
        ("Sie begann 2004 und war im [Jahr davor] krank.", "2003"),
    ],
    "periods meant": [
        ("Im [ersten Quartal] stieg der Gewinn.", "2021-Q1"),
        ("Im [dritten Quartal 2019] fiel der Gewinn.", "2019-Q3"),
        ("Im [Geschäftsjahr 2019] fiel der Gewinn.", "FY2019"),
        ("Im [ersten Halbjahr 2019] fiel der Gewinn.", "2019-H1"),
        ("Der Gewinn lag im ersten Quartal bei 3 Millionen nach 2 Millionen im [Vorjahr].", "2020"),
        ("Im [laufenden Geschäftsjahr] wächst der Gewinn.", "FY2021"),
        ("Im [Geschäftsjahr 2018/19] fiel der Gewinn.", "FY2018"),
        ("Im [zweiten Quartal des Vorjahres] fiel der Gewinn.", "2020-Q2"),
        ("Im [zweiten Quartal] sank der Gewinn.", "2020-Q2"),
        ("Die [letztjährige] Ernte war karg.", "2020"),
        ("Die [diesjährige] Ernte ist karg.", "2021"),
    ],
    "vague stretches": [
        ("In [den vergangenen Monaten] regnete es.", "PXM"),
        ("In [den kommenden Wochen] wird es kalt.", "PXW"),
        ("Er wartet seit [Jahren] darauf.", "PXY"),
        ("Nach [mehrwöchiger] Suche gab er auf.", "PXW"),
        ("In [den Herbstmonaten] regnet es.", "2020-FA"),
        ("Sie schwieg [ein halbes Jahrhundert].", "P50Y"),
    ],
    "arithmetic": [
        ("[Vorgestern] war es noch warm.", "2021-04-06"),
        ("Er war [zwei Wochen nach Weihnachten] krank.", "2021-01-08"),
        ("Er kam [gestern vor einem Jahr] an.", "2020-04-07"),
        ("Es brannte in [der Nacht vom 5. auf den 6. März].", "2021-03-05TNI"),
        ("In [der übernächsten Woche] öffnet das Bad.", "2021-W16"),
        ("Er kam am 5. März und ging [drei Tage später].", "2021-03-08"),
        ("In [der Nacht auf Samstag] brannte es.", "2021-04-02TNI"),
        ("In [der Nacht von Montag auf Dienstag] brannte es.", "2021-04-05TNI"),
        ("Er kommt [heute in drei Wochen].", "2021-04-29"),
        ("Er kommt [Dienstag in einer Woche].", "2021-04-20"),
        ("Das Fest ist am [Samstag vor Pfingsten].", "2021-05-22"),
        ("Zum [ersten Advent] singt der Chor.", "2020-11-29"),
    ],
    "numbers": [
        ("Das dauerte [3,5 Stunden] dort.", "PT3.5H"),
        ("Der Ort fiel [490 v. Chr.] erneut.", "BC0490"),
        ("Die Saison [1999/00] war schlecht.", "1999"),
        ("Sie aßen um [halb zehn].", "2021-04-08T09:30"),
        ("Sie aßen um [Viertel vor acht].", "2021-04-08T07:45"),
        ("Im [17.] und 18. Jahrhundert wuchs die Stadt.", "16"),
        ("In [den siebziger Jahren] wurde gebaut.", "197"),
        ("Er war [achtunddreißig Jahre] dort.", "P38Y"),
        ("Im [vierzehnten Jahrhundert] kam die Pest.", "13"),
        ("Er starb [neunzehnhundertzwölf] in Rom.", "1912"),
        ("Im [Jahr 843] wurde geteilt.", "0843"),
        ("In [den späten Fünfzigerjahren] wurde gebaut.", "195"),
        ("Nach [dreizehntägiger] Reise kam er an.", "P13D"),
        ("Im [Winter 1978/79] fiel viel Schnee.", "1978-WI"),
    ],
    "written forms": [
        ("Er kam [am 5. April 2021] an.", "2021-04-05"),
        ("Das Blatt vom [12.03.2020] liegt vor.", "2020-03-12"),
        ("Das Treffen am [Montag, den 12. April], fällt aus.", "2021-04-12"),
        ("Das Blatt vom [2018-03-18] liegt vor.", "2018-03-18"),
        ("Das Treffen [Do, 15. April], fällt aus.", "2021-04-15"),
    ],
    "extent": [
        ("Seit [dem 19. Jahrhundert] steht das Haus.", "18"),
        ("Am [Dienstagnachmittag] regnete es.", "2021-04-06TAF"),
        ("Bis [Monatsende] bleibt er.", "2021-04"),
        ("Bis in [die frühen Morgenstunden] wurde gefeiert.", "2021-04-08TMO"),
        ("Das Heft kommt [halbjährlich].", "P6M"),
        ("Sie proben [dreimal wöchentlich].", "P1W"),
        ("Am [Morgen] lag Schnee.", "2021-04-08TMO"),
    ],
}
SPANISH: Rows = {
    "direction": [
        ("El puente estará cerrado hasta [el domingo].", "2021-04-11"),
        ("El alquiler vencerá [el 20 de diciembre].", "2021-12-20"),
        ("El muelle está cerrado desde [el lunes] y abrirá pronto.", "2021-04-05"),
        ("La junta aprobó [el martes] los planes.", "2021-04-06"),
        ("La cuota vence [el 3 de octubre].", "2021-10-03"),
        ("Los vecinos trajeron [el martes] mantas.", "2021-04-06"),
    ],
    "another week or day": [
        ("El guardia llegó el lunes. A [las 21:00] cerró la puerta.", "2021-04-05T21:00"),
        ("La puerta se abrió a [las 18:30 del martes].", "2021-04-06T18:30"),
        ("Llegó [el pasado viernes] a casa.", "2021-04-02"),
        ("Canta [el jueves de la próxima semana].", "2021-04-15"),
        ("Cantó [el viernes de la semana pasada].", "2021-04-02"),
    ],
    "narrative": [
        ("El club ganó en 1990, 1992 y 1995. El campo abrirá en [mayo].", "2021-05"),
        ("Huyó en 1990 y volvió [al año siguiente].", "1991"),
        ("Cayó el 5 de marzo y salió [tres días después].", "2021-03-08"),
        ("Nació en 1931 y [ese mismo año] emigró.", "1931"),
    ],
    "periods meant": [
        ("Creció en [el primer trimestre] poco.", "2021-Q1"),
        ("Creció en [el tercer trimestre de 2019] poco.", "2019-Q3"),
        ("Creció en [el ejercicio 2019] poco.", "FY2019"),
        ("Subió en febrero frente [al mismo mes del año anterior].", "2020-02"),
        ("Descendió en [el segundo trimestre] mucho.", "2020-Q2"),
    ],
    "vague stretches": [
        ("Llovió en [los últimos meses] mucho.", "PXM"),
        ("Lloverá en [las próximas semanas] mucho.", "PXW"),
        ("Creció en [la última década] poco.", "P1DE"),
        ("Creció en [la segunda mitad de 1989] poco.", "1989-H2"),
        ("Cobrará a [fin de mes].", "2021-04"),
    ],
    "arithmetic": [
        ("Llegó [anteayer] a casa.", "2021-04-06"),
        ("Vino [dos días después de Navidad] a casa.", "2020-12-27"),
        ("Ardió en [la noche del 5 al 6 de marzo].", "2021-03-05TNI"),
        ("Llegará [pasado mañana] a casa.", "2021-04-10"),
        ("Vuelve [dentro de dos semanas] a casa.", "2021-W16"),
        ("Llegó [hace quince días] a casa.", "2021-03-24"),
    ],
    "numbers": [
        ("Durmió [treinta y cinco horas] allí.", "PT35H"),
        ("Durmió [3,5 horas] allí.", "PT3.5H"),
        ("Nació en [el siglo XVIII] lejos.", "17"),
        ("La ciudad cayó en [44 a. C.] por mar.", "BC0044"),
        ("Comieron a las [diez y media] allí.", "2021-04-08T10:30"),
        ("La temporada [1999/00] fue buena.", "1999"),
        ("La moda de [los años sesenta] vuelve.", "196"),
        ("Esperó [un cuarto de hora] allí.", "PT15M"),
    ],
    "written forms": [
        ("Llegó [el 5 de abril de 2021] a casa.", "2021-04-05"),
        ("Firmado el [12/03/2020] en casa.", "2020-03-12"),
        ("Publicado el [2018-03-18] en casa.", "2018-03-18"),
        ("Empezó a [finales de enero de 2012] en casa.", "2012-01"),
        ("Se firmó [el primero de marzo de 2018].", "2018-03-01"),
        ("Se firmó [el 1º de marzo de 2018].", "2018-03-01"),
    ],
    "extent": [
        ("Llegó [el martes por la noche] a casa.", "2021-04-06TNI"),
        ("Desde [el siglo XIX] está ahí.", "18"),
        ("Cerró a [finales del año pasado] por obras.", "2020"),
    ],
}
FRENCH: Rows = {
    "direction": [
        ("Le pont reste fermé jusqu'à [dimanche].", "2021-04-11"),
        ("Le loyer sera payable [le 20 décembre].", "2021-12-20"),
        ("Le quai est fermé depuis [lundi] et rouvrira bientôt.", "2021-04-05"),
        ("Le conseil a voté [mardi] les nouveaux plans.", "2021-04-06"),
    ],
    "another week or day": [
        ("Il arriva lundi. À [21 heures], le gardien ferma la grille.", "2021-04-05T21:00"),
        ("Il partit [mercredi de la semaine dernière].", "2021-03-31"),
        ("Elle a parlé [vendredi dernier] au port.", "2021-04-02"),
        ("Il chanta [le mardi de la semaine dernière].", "2021-03-30"),
    ],
    "narrative": [
        ("Le club a gagné en 1990, 1992 et 1995. Le stade rouvrira en [mai].", "2021-05"),
        ("Il a fui en 1990 et est revenu [l'année suivante].", "1991"),
        ("Il vint le 5 mars et partit [trois jours plus tard].", "2021-03-08"),
        ("Il naquit en 1931 et émigra [la même année].", "1931"),
    ],
    "periods meant": [
        ("Au [premier trimestre], le bénéfice a monté.", "2021-Q1"),
        ("Les ventes du [T3 2019] ont baissé.", "2019-Q3"),
        ("Les ventes de [l'exercice 2019] ont baissé.", "FY2019"),
        ("Au troisième trimestre, il fut de 4 millions, contre 2 millions [un an plus tôt].", "2019-Q3"),
        ("Le bénéfice a baissé au [deuxième trimestre].", "2020-Q2"),
    ],
    "vague stretches": [
        ("Il a plu [ces dernières semaines] ici.", "PXW"),
        ("Il pleuvra dans [les prochains mois] ici.", "PXM"),
        ("Il a plu dans [la première moitié de 1993] ici.", "1993-H1"),
    ],
    "arithmetic": [
        ("Il est venu [avant-hier] au port.", "2021-04-06"),
        ("Elle viendra [lundi en huit], dit-on.", "2021-04-19"),
        ("Il revint [la semaine avant Noël] au port.", "2020-W51"),
        ("Il reviendra [dans trois semaines] au port.", "2021-W17"),
        ("Il a brûlé dans [la nuit du 5 au 6 mars].", "2021-03-05TNI"),
    ],
    "numbers": [
        ("Il dormit [2,5 heures] là.", "PT2.5H"),
        ("Il a duré [quatre-vingt-douze ans] en tout.", "P92Y"),
        ("Ils mangent à [huit heures et demie] ici.", "2021-04-08T08:30"),
        ("Au [XVIe] et XVIIe siècles, on bâtit.", "15"),
        ("La saison [1999-2000] fut bonne.", "1999"),
        ("La ville tomba en [44 avant J.-C.] enfin.", "BC0044"),
    ],
    "written forms": [
        ("Il arriva [le 5 avril 2021] au port.", "2021-04-05"),
        ("Reçu [le 12/03/2020] ici.", "2020-03-12"),
        ("Reçu le [2018-03-18] ici.", "2018-03-18"),
        ("Signé [le 1er janv. 2019] ici.", "2019-01-01"),
    ],
    "extent": [
        ("La maison date du [XVIIIe siècle] au moins.", "17"),
        ("Il est parti à [la fin du mois de février] enfin.", "2021-02"),
        ("Il est arrivé [hier après-midi] au port.", "2021-04-07TAF"),
    ],
}
CHINESE: Rows = {
    "direction": [
        ("大桥将封闭到[周日]。", "2021-04-11"),
        ("房租定于[12月20日]交付。", "2021-12-20"),
        ("委员会[星期二]通过了新计划。", "2021-04-06"),
    ],
    "another week or day": [
        ("他[上周三]走了。", "2021-03-31"),
        ("他[下周二]来。", "2021-04-13"),
        ("他周一来了。[21时]保安锁了门。", "2021-04-05T21:00"),
    ],
    "narrative": [
        ("球队在1990年、1992年和1995年夺冠。球场将于[5月]开放。", "2021-05"),
        ("他1990年离开，[次年]回来。", "1991"),
        ("他3月5日来，[三天后]走了。", "2021-03-08"),
    ],
    "periods meant": [
        ("[一季度]利润上涨了。", "2021-Q1"),
        ("[2019年第三季度]利润下降了。", "2019-Q3"),
        ("利润比[去年同期]高。", "2020"),
        ("[下半年]会更好。", "2021-H2"),
    ],
    "vague stretches": [
        ("[近几周]下了雨。", "PXW"),
        ("[未来几个月]会下雨。", "PXM"),
        ("[1993年上半年]下了雨。", "1993-H1"),
        ("这里[几十年]没下雪。", "PXY"),
        ("他等了[十几天]。", "PXD"),
    ],
    "arithmetic": [
        ("他[前天]来了。", "2021-04-06"),
        ("他[大后天]来。", "2021-04-11"),
        ("他们在[国庆节后三天]见了面。", "2020-10-04"),
        ("他[两年前]来过。", "2019"),
    ],
    "numbers": [
        ("他睡了[两个半小时]。", "PT2.5H"),
        ("他等了[三十五天]。", "P35D"),
        ("大厦建于[一九八二年]。", "1982"),
        ("他们[九点半]吃饭。", "2021-04-08T09:30"),
        ("[15]至17世纪有人住。", "14"),
        ("城市[公元前221年]统一。", "BC0221"),
    ],
    "written forms": [
        ("他[2021年4月5日]来了。", "2021-04-05"),
        ("他[二〇一九年十一月十八日]来了。", "2019-11-18"),
        ("记录到[2020/3/12]为止。", "2020-03-12"),
        ("他[2020年3月12号]来了。", "2020-03-12"),
    ],
    "extent": [
        ("这是[19世纪]的房子。", "18"),
        ("他[昨天下午3点]走了。", "2021-04-07T15:00"),
        ("工厂在[去年年底]关了门。", "2020"),
    ],
}
ROWS = {"de": GERMAN, "es": SPANISH, "fr": FRENCH, "zh": CHINESE}
NEAR_MISSES = {
    "de": [
        "Nummer 2012 und Seite 1999.",
        "Version 10.4.12 ist da.",
        "Die Sommerzeit der Mailänder und das Abendland.",
        "Im Raum 2020 standen 1914 Menschen.",
        "Rund 1500 Demonstranten und mindestens 1200 Polizisten kamen.",
        "Herr März, Frau Sommer und Familie Sonntag fuhren zu Freitag & Co.",
        "Das Postfach 2142 im Saal 1900.",
        "Der Montagebau und die Tagung, die Jahresringe und der Abendstern.",
        "Er ist undeutlich und hundert Menschen fremd.",
    ],
    "es": [
        "Abril Rojas no vino; 2012 personas y 1999 euros.",
        "El segundo hombre y la tercera mujer.",
        "Tiene 1914 euros en una caja.",
        "Unos 1500 vecinos y más de 2000 estudiantes protestaron.",
        "El diario El Domingo y la sala 1999.",
    ],
    "fr": [
        "Le dieu Mars et la planète Mars.",
        "La salle 2012 et la page 1999.",
        "La version 10.4.12 est là, pour 1914 euros.",
        "Le 30e anniversaire au milieu du pont.",
        "Environ 1500 manifestants et plus de 2000 policiers défilent.",
        "M. Avril et Mme Janvier lisent le Journal du Dimanche.",
    ],
    "zh": [
        "日本周围的海很深，月亮很圆。",
        "三年级的学生住在5号楼。",
        "农历八月十五，令和3年，民国38年。",
        "版本3.4.5有一点问题，他提了三点建议。",
        "五月花号很有名。",
        "民国110年，昭和64年，令和元年。",
    ],
}


@pytest.mark.parametrize(
    ("language", "sentence", "value"),
    [(code, *case) for code, rows in ROWS.items() for cases in rows.values() for case in cases],
)
def test_siblings(language: str, sentence: str, value: str) -> None:
    start, end = sentence.index("["), sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    spans = find_dates(text, language)
    places = [(span.start, span.end) for span in spans]
    assert (start, end) in places, [text[s.start : s.end] for s in spans]
    assert resolve(text, spans, CREATED, language)[places.index((start, end))].value == value


def test_every_row_has_three_sentences_in_each_language() -> None:
    for rows in ROWS.values():
        assert rows.keys() == GERMAN.keys()
        assert all(len(cases) >= 3 for cases in rows.values())


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, one) for code, misses in NEAR_MISSES.items() for one in misses]
)
def test_near_misses(language: str, sentence: str) -> None:
    assert [sentence[span.start : span.end] for span in find_dates(sentence, language)] == []
