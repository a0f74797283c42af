"""Special rules for the words and sentences of single languages, by the code of the language."""

ELIDED = {
    "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": "[cdlmnstv]|un|dell|all|nell|sull|dall|coll|quest|quell|bell|sant|tutt|anch|com|dov",
    "ca": "[dlmnst]",
}
"""By language, the words that end with an apostrophe before another word: `l’`, `dell’`. Regular
expressions that ignore case.
"""
EVERYWHERE = "Dr|Prof|vs|St"
"""Abbreviations that do not end a sentence in any language, without their dot; also regular
expressions.
"""
ABBREVIATIONS = {
    "en": "Mr|Ms|Mrs|No|Gen|Gov|Sen|Rep",
    "de": (
        r"Hr|Fr|Frl|Nr|Abs|Art|Bd|bzw|ca|etc|usw|evtl|ggf|geb|gest|inkl|Jh|Mio|Mrd|Tel|Str|vgl|Dipl|Ing|Hrsg|Red"
        r"|z\.\s?B|d\.\s?h|u\.\s?a|i\.\s?d\.\s?R|v\.\s?Chr|n\.\s?Chr|Mag|Ltd|Reg"
    ),
    "es": r"Sr|Sra|Srta|Sres|Dra|Ud|Uds|Lic|Ing|Gral|Cnel|Sto|Sta|Av|art|cap|núm|pág|págs|tel|aprox|a\.\s?C|d\.\s?C",
    "fr": r"MM|Mme|Mmes|Mlle|Me|Mgr|Ste|av|bd|chap|env|fig|hab|p|pp|art|n|tél|vol|cf|apr|J\.-C",
    "it": r"Sig|Sigg|Dott|Avv|Ing|On|Gen|pag|art|n|ecc|a\.C|d\.C",
    "nl": r"dhr|mevr|mr|ir|ing|nr|blz|ca|bijv|jl|ds|o\.a|d\.w\.z",
    "pt": r"Sr|Sra|Dra|Exmo|Eng|Av|art|pág|n|tel|a\.C|d\.C",
}
"""Abbreviations that do not end a sentence, by language."""
ORDINAL_DOT = frozenset({"de", "da", "nb", "fi", "cs", "hu", "pl"})
"""Languages that write a dot after a number for "5th"."""
