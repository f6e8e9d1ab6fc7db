"""French analysis: from what people type to the terms that are compared.

Three views of a text, each more tolerant than the last:
- `stems`: accents folded, elisions cut, Snowball stems: what lexical search compares;
- `sounds`: a rough phonetic key a word, for SMS spelling ("koi" and "quoi");
- `ngrams`: character n-grams, for typos and joined words.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from threading import Lock
from zlib import crc32

import numpy as np
import numpy.typing as npt
import Stemmer

VERSION = 2  # raise it when the terms or features of a text change: indexes are then built anew
_SHORT = 400  # characters of a text whose words and hashes are remembered with thousands of others
PAIR_MIX = 0x9E3779B1  # of Knuth's multiplicative hashing: the order of a pair matters
_LETTERS = crc32(b"c:")  # where the hash of a run of letters goes on from
MAX_QUESTION_CHARACTERS = 4_000  # longer questions are cut: the rest is rarely a question

# Before NFKC, which would make a space of "´"; hyphens as word processors write them in "441-10".
_PLAIN = (
    dict.fromkeys("’‘ʼ′`´", "'")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\u00a0\u202f", " ")
)
_CURLY = re.compile(f"[{''.join(_PLAIN)}]")  # many times as fast as str.translate
_SOFT_HYPHEN = "\u00ad"  # unseen inside a word: dropped, where other unseen characters part words
# Apostrophes are few: found first, then what stands before them, in a fifth of the time.
_ELISION = re.compile(
    r"'(?:(?<=\b[cdjlmnst]')()|(?<=\bqu')()|(?<=\bjusqu')()|(?<=\b(?:lors|puis|quoi)qu')())"
)
_ELIDED = (0, 1, 2, 5, 6)  # letters before the apostrophe, by number of the group
_CODE_LETTER = re.compile(r"([lrd])(?<!\w[lrd])\.?\s?(?=\d{3,4}-\d)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]+")
_COMBINING = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# What is known of a word is remembered: a run of thousands of letters, which is no word, is cut.
_NUMBER = r"\d{1,40}+(?:-\d{1,40}+){0,8}+[a-z]{0,40}+"  # nothing read is given back: faster
_WORD = re.compile(rf"[a-z]{{1,40}}+(?:{_NUMBER})?+|{_NUMBER}")

STOP_WORDS = frozenset(
    """a ai au aux avec c ca ce ces cet cette d dans de des du elle en es est et etre eu fait
    il ils j je l la le les leur leurs lui m ma mais me meme mes moi mon n ne nos notre nous on
    ont ou par pas pour qu que qui s sa se ses si son sont sur t ta te tes toi ton tu un une vos
    votre vous y the of to and is in it we our they a an do does can i my for by""".split()
)

# Spellings of text messages that no sound rule would give back, whoever the writer and the topic.
SMS = {
    "c": "c est", "g": "j ai", "pk": "pourquoi", "pq": "pourquoi", "pck": "parce que",
    "pcq": "parce que", "prk": "pourquoi", "mn": "mon", "ds": "dans", "pr": "pour", "ac": "avec",
    "tt": "tout", "ts": "tous", "bcp": "beaucoup", "vs": "vous", "ns": "nous", "nn": "non",
    "jms": "jamais", "tjs": "toujours", "tjr": "toujours", "qd": "quand", "qq": "quelque",
    "qqn": "quelqu un", "qqch": "quelque chose", "stp": "s il te plait", "svp": "s il vous plait",
    "rdv": "rendez vous", "msg": "message", "ordi": "ordinateur", "ordis": "ordinateurs",
    "info": "informatique", "presta": "prestataire", "prestas": "prestataires",
    "contra": "contrat", "resil": "resilier", "dc": "donc", "dmd": "demande", "slt": "salut",
    "bjr": "bonjour", "mtn": "maintenant", "auj": "aujourd hui", "nrml": "normal", "tps": "temps",
    "lgtps": "longtemps", "jpe": "je peux", "jpeu": "je peux", "jpeux": "je peux",
    "jveu": "je veux", "jveux": "je veux", "jai": "j ai", "jsui": "je suis", "jsuis": "je suis",
    "chui": "je suis", "jdoi": "je dois", "jdois": "je dois", "kil": "qu il", "kon": "qu on",
    "kel": "quel", "kelle": "quelle", "kand": "quand", "kan": "quand", "koi": "quoi", "ki": "qui",
    "ke": "que", "k": "que", "fo": "faut", "fodrai": "faudrait", "ya": "il y a", "yen": "il y en",
    "pb": "probleme", "pbs": "problemes", "pblm": "probleme", "maj": "mise a jour",
    "med": "mise en demeure", "pc": "ordinateur", "pcs": "ordinateurs",
}  # fmt: skip

_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eaux?|aux?|ots?$|os$", "o"), (r"qu|ck|c(?=[aourlt])|q|c$", "k"), (r"ph", "f"),
        (r"ss|c(?=[eiy])|sc(?=[eiy])|tion", "s"), (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"(?:ers?|ez|ee?s?|ets?|ais|ait|aient|ai|ei)$", "e"), (r"ai|ei|est$", "e"), (r"oe|eu|oeu", "e"),
        (r"en|em(?=[bp])|am(?=[bp])", "an"), (r"ain|ein|im(?=[bp])|yn|ym", "in"), (r"gu(?=[ei])", "g"),
        (r"h", ""), (r"y", "i"), (r"z", "s"), (r"(.)\1+", r"\1"), (r"[stdxpe]+$", ""),
    )
]  # fmt: skip

_stemmer = Stemmer.Stemmer("french")
_stemming = Lock()  # the stemmer keeps the word at hand in itself: two threads would mix theirs


def normalise(text: str) -> str:
    """A text in NFKC with plain apostrophes and single spaces; control characters dropped."""
    if not text.isascii():
        text = _plain(text.replace(_SOFT_HYPHEN, ""))
        text = _plain(unicodedata.normalize("NFKC", text))
    return " ".join(_UNSEEN.sub(" ", text.replace("`", "'")).split())


def _plain(text: str) -> str:
    """A text with plain apostrophes, hyphens and spaces."""
    return _CURLY.sub(lambda found: _PLAIN[found[0]], text)


def fold(text: str) -> str:
    """A lower-case text without accents or ligatures."""
    text = text.lower()
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("æ", "ae"))
    return _COMBINING.sub("", decomposed)


def words(text: str) -> list[str]:
    """Folded words in order: elisions cut ("l'arrêt" -> "arret"), article numbers whole ("l441-10")."""
    return list(_words(text) if len(text) <= _SHORT else _words.__wrapped__(text))


@lru_cache(maxsize=4_096)
def _words(text: str) -> tuple[str, ...]:
    """The same: each leg asks for the words of a question, each answer for those of its sentences."""
    folded = fold(normalise(text))
    folded = _CODE_LETTER.sub(r"\1", _without_elisions(folded))
    return tuple(_WORD.findall(folded))


def _without_elisions(folded: str) -> str:
    """A folded text, a space in place of each elided word ("l'arret" -> " arret")."""
    parts, start = [], 0
    for found in _ELISION.finditer(folded):
        parts.append(folded[start : found.start() - _ELIDED[found.lastindex or 0]])
        start = found.end()
    return " ".join([*parts, folded[start:]])


def spelled_out(text: str) -> list[str]:
    """The words of a text with the spellings of text messages written out."""
    return _spelled(words(text))


def _spelled(written: Iterable[str]) -> list[str]:
    """Words with the spellings of text messages written out."""
    said = list(written)
    if SMS.keys().isdisjoint(said):  # as in nearly all texts
        return said
    out: list[str] = []
    for word in said:
        meant = SMS.get(word)
        if meant is None:
            out.append(word)
        else:
            out.extend(meant.split())
    return out


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball stem of a folded word, folded again; numbers are left as they are."""
    if not word.isalpha() and any(c.isdigit() for c in word):
        return word
    with _stemming:
        return fold(str(_stemmer.stemWord(word)))


def stems(text: str) -> list[str]:
    """Stems of the words that are not stop words, in order, text messages written out."""
    return stems_of(words(text))


def stems_of(written: Iterable[str]) -> list[str]:
    """The same as `stems`, of words that `words` gave."""
    return [stem(word) for word in _spelled(written) if word not in STOP_WORDS]


def ngrams(text: str) -> list[str]:
    """Runs of four letters of the words of a text, their edges marked: what typos leave whole.

    Words under four letters and stop words give none.
    """
    return ngrams_of(words(text))


def ngrams_of(written: Iterable[str]) -> list[str]:
    """The same as `ngrams`, of words that `words` gave."""
    kept = (w for w in _spelled(written) if len(w) >= 4 and w not in STOP_WORDS)
    return list(chain.from_iterable(map(_word_ngrams, kept)))


@lru_cache(maxsize=65_536)
def _word_ngrams(word: str) -> tuple[str, ...]:
    """Runs of four letters of a word."""
    padded = f"_{word}_"
    return tuple(padded[i : i + 4] for i in range(len(padded) - 3))


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A rough phonetic key of a folded word: words that sound alike in French share it."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def features(text: str, buckets: int) -> list[int]:
    """Hashed features of a text: stems, their pairs, sounds, their pairs, n-grams of 3 to 5 characters.

    Args:
        text: any text; cut at `MAX_QUESTION_CHARACTERS`.
        buckets: size of the hash table.

    Returns:
        Bucket numbers in [0, buckets), sorted, each once.
    """
    found: list[int] = feature_array(text, buckets).tolist()
    return found


def feature_array(text: str, buckets: int) -> npt.NDArray[np.int64]:
    """The same as `features`, as an array."""
    text = text[:MAX_QUESTION_CHARACTERS]
    codes = np.frombuffer((_codes if len(text) <= _SHORT else _long_codes)(text), dtype=np.uint32)
    found = np.sort(codes % np.uint32(buckets))
    first = np.ones(len(found), dtype=bool)
    first[1:] = found[1:] != found[:-1]
    return found[first].astype(np.int64)


@lru_cache(maxsize=32_768)
def _codes(text: str) -> bytes:
    """Hashes of a text's features, 32 bits each: a question is hashed once for all models."""
    plain = spelled_out(text)
    codes = set(chain.from_iterable(map(word_codes, set(plain))))
    keys = [word_keys(word) for word in plain]
    for (stem_1, sound_1), (stem_2, sound_2) in pairwise(keys):
        codes.add((stem_1 * PAIR_MIX + stem_2) & 0xFFFFFFFF)
        codes.add((sound_1 * PAIR_MIX + sound_2) & 0xFFFFFFFF)
    return array("I", codes).tobytes()


_long_codes = lru_cache(maxsize=8)(_codes.__wrapped__)  # a question's, for all models; no more


@lru_cache(maxsize=65_536)
def word_keys(word: str) -> tuple[int, int]:
    """Hashes of a word's stem and of its sound, to be mixed into those of pairs."""
    return crc32(f"S:{stem(word)}".encode()), crc32(f"P:{sound(word)}".encode())


@lru_cache(maxsize=65_536)
def word_codes(word: str) -> tuple[int, ...]:
    """Hashes of what a word alone gives: its stem, its sound, its character n-grams."""
    codes = {crc32(f"p:{sound(word)}".encode())} if len(sound(word)) > 1 else set()
    if word not in STOP_WORDS:
        codes.add(crc32(f"s:{stem(word)}".encode()))
    padded = f" {word} ".encode()
    for size in (3, 4, 5):
        starts = range(len(padded) - size + 1)
        codes.update(crc32(padded[i : i + size], _LETTERS) for i in starts)
    return tuple(codes)
