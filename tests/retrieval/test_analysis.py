"""French analysis: what two spellings of one thing share, and that no text breaks it."""

from __future__ import annotations

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import analysis
from retrieval.analysis import (
    feature_array,
    features,
    fold,
    ngrams,
    ngrams_of,
    normalise,
    sound,
    spelled_out,
    stem,
    stems,
    stems_of,
    words,
)
from tests.retrieval.any_text import ANY_TEXT, SOME


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("l'arrêt", ["arret"]),
        ("L’ARRÊT", ["arret"]),
        ("l´arrêt", ["arret"]),
        ("l＇arrêt", ["arret"]),
        ("qu'il n'a jusqu'ici", ["il", "a", "ici"]),
        ("cœur et ex æquo", ["coeur", "et", "ex", "aequo"]),
        ("ﬁn du forfait", ["fin", "du", "forfait"]),
        ("con\u00adtrat", ["contrat"]),
        ("prix\u00a0: 10\u202f000 €", ["prix", "10", "000"]),
    ],
)
def test_words_are_folded_and_elisions_cut(typed: str, expected: list[str]) -> None:
    """Accents, ligatures, elisions and any apostrophe or soft hyphen leave the plain words."""
    assert words(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "L. 441-10",
        "L.441-10",
        "L 441-10",
        "l441-10",
        "L.\u00a0441-10",
        "L. 441\u201110",
        "L. 441\u201010",
    ],
)
def test_an_article_number_is_one_word(typed: str) -> None:
    """An article of a code is one word however its letter, spaces and hyphen are written."""
    assert words(f"art. {typed} du code") == ["art", "l441-10", "du", "code"]


@pytest.mark.parametrize("number", ["1231-5", "l441-10", "2016", "62"])
def test_a_number_is_not_stemmed(number: str) -> None:
    """Article numbers match exactly: stemming leaves them as they are."""
    assert stem(number) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("résiliation", "resiliation"),
        ("sauvegardes", "sauvegarde"),
        ("contrats", "contrat"),
        ("RÉSILIÉ", "résilie"),
    ],
)
def test_inflected_and_unaccented_forms_share_a_stem(one: str, other: str) -> None:
    """French analysis, which other systems lack: accents and endings don't part a word from itself."""
    assert stems(one) == stems(other)


def test_accents_are_folded_before_stemming_and_after() -> None:
    """A stem has no accent left, so that a word typed without accents finds it."""
    assert all(fold(s) == s for s in stems("les pénalités de résiliation, l'exécution forcée"))


def test_stop_words_give_no_stem() -> None:
    """Words that every text has are not searched: joined by OR they would cost and find nothing."""
    assert stems("est-ce que le la les de du des et ou pour avec") == []


@pytest.mark.parametrize(
    ("sms", "plain"),
    [
        ("koi", "quoi"),
        ("pk", "pourquoi"),
        ("jveu", "je veux"),
        ("bcp", "beaucoup"),
        ("presta", "prestataire"),
        ("med", "mise en demeure"),
        ("C koi ?", "c'est quoi"),
    ],
)
def test_text_messages_are_written_out(sms: str, plain: str) -> None:
    """The spellings of text messages become the words they stand for."""
    assert [w for w in spelled_out(sms) if w != "c"] == words(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("facture", "facturre"),
        ("donner", "donné"),
        ("bateau", "bato"),
        ("pharmacie", "farmacie"),
        ("contrat", "contra"),
        ("qualité", "kalité"),
    ],
)
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    """A word written as it sounds has the sound of the right one."""
    assert sound(fold(one)) == sound(fold(other))


@SOME
@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalisation is idempotent, so that a stored text and a typed one can be compared."""
    assert normalise(normalise(text)) == normalise(text)


@SOME
@given(ANY_TEXT)
def test_no_control_character_or_surrogate_is_left(text: str) -> None:
    """A normalised text can be stored and printed: no control character, no lone surrogate."""
    cleaned = normalise(text)
    cleaned.encode("utf-8")
    assert not any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in cleaned)


@SOME
@given(ANY_TEXT, st.sampled_from([1, 7, 512, 65_536]))
def test_features_are_sorted_and_within_the_table(text: str, buckets: int) -> None:
    """Features of any text are bucket numbers in range, rising, each once."""
    found = features(text, buckets)
    assert found == sorted(set(found))
    assert all(0 <= bucket < buckets for bucket in found)


@SOME
@given(ANY_TEXT)
def test_the_same_text_has_the_same_features(text: str) -> None:
    """Features don't depend on the process or on the cache: an index outlives both."""
    first = features(text, 4096)
    for kept in [value for value in vars(analysis).values() if hasattr(value, "cache_clear")]:
        kept.cache_clear()
    assert features(text, 4096) == first


def test_a_question_past_the_limit_is_cut() -> None:
    """What stands after the limit of a question changes nothing, so a huge one costs no more."""
    text = "sauvegarde " * 400
    assert features(text[:4_000] + "zorglub" * 10_000, 4096) == features(text[:4_000], 4096)


@SOME
@given(ANY_TEXT)
def test_terms_hold_nothing_that_a_search_syntax_reads(text: str) -> None:
    """Words are letters, digits and inner hyphens: no quote, star or parenthesis reaches the index."""
    assert all(c.isalnum() or c == "-" for word in words(text) for c in word)


@SOME
@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_folding_is_what_unicode_says(text: str) -> None:
    """In the letters of Europe, folding is lower case, ligatures parted, combining marks dropped."""
    parted = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    assert fold(text) == "".join(c for c in parted if not unicodedata.combining(c))


@SOME
@given(ANY_TEXT)
def test_words_parted_once_serve_every_view(text: str) -> None:
    """Stems and runs of letters of parted words are those of the text."""
    assert stems_of(words(text)) == stems(text)
    assert ngrams_of(words(text)) == ngrams(text)


@SOME
@given(ANY_TEXT)
def test_runs_of_letters_are_of_four(text: str) -> None:
    """Each run has four signs, is of one word, and marks that word's edges only."""
    assert all(len(run) == 4 and "_" not in run[1:3] for run in ngrams(text))


@SOME
@given(ANY_TEXT)
def test_features_as_an_array_are_the_same(text: str) -> None:
    """Both forms of the features are the same numbers."""
    assert feature_array(text, 4096).tolist() == features(text, 4096)


def test_the_order_of_two_words_is_a_feature() -> None:
    """Pairs tell "le client paie le prestataire" from its contrary."""
    one, other = (
        set(features(text, 2**32 - 1)) for text in ("client prestataire", "prestataire client")
    )
    assert one != other and len(one & other) > 10


@pytest.mark.parametrize(
    ("run", "longest"),
    [
        ("a" * 4_000, 40),
        ("1" * 4_000, 40),
        ("a1" * 2_000, 80),
        ("1-" * 2_000, 20),
        ("é" * 4_000, 40),
    ],
)
def test_a_run_of_thousands_of_letters_is_cut(run: str, longest: int) -> None:
    """What is remembered of each word is bounded: endless words must not fill the memory."""
    assert max(map(len, words(run))) <= longest
    assert "".join(words(run)).replace("-", "") == fold(run).replace("-", "")


def test_what_is_remembered_of_long_questions_is_bounded() -> None:
    """Visitors' long questions are not kept by the thousand; short wordings are, for the build."""
    assert analysis._long_codes.cache_info().maxsize < 100
    before = analysis._codes.cache_info().currsize
    for number in range(20):
        features(f"question {number} " * 100, 4096)
    assert analysis._codes.cache_info().currsize == before
    assert analysis._long_codes.cache_info().currsize <= analysis._long_codes.cache_info().maxsize


def test_stems_are_the_same_in_many_threads() -> None:
    """Eight threads stemming at once give what one gives: the stemmer keeps its word in itself."""
    forms = [f"{head}{tail}" for head in ("resili", "sauvegard", "factur", "pay", "demand", "oblig")
             for tail in ("ation", "ations", "er", "ez", "ait", "aient", "ement", "euse", "ant", "ables")]  # fmt: skip
    texts = [f"{prefix}{form}" for prefix in "abcdefghijklmnop" for form in forms]
    alone = [stem(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        stem.cache_clear()
        with ThreadPoolExecutor(8) as threads:
            together = list(
                threads.map(lambda n: [stem(t) for t in texts[n:] + texts[:n]], range(8))
            )
    finally:
        sys.setswitchinterval(interval)
    assert all(found == alone[n:] + alone[:n] for n, found in enumerate(together))
    assert [stem(text) for text in texts] == alone


def test_what_is_remembered_of_a_text_cannot_be_changed() -> None:
    """The words of a text are a list of the caller's own: changing it changes no later answer."""
    words("qui paie la panne").clear()
    assert words("qui paie la panne") == ["qui", "paie", "la", "panne"]
