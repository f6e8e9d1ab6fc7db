"""Query understanding: what a question's words stand for, in the words of the texts."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Retriever
from retrieval.analysis import SMS, stems, words
from retrieval.asked import cut
from retrieval.rewriting import (
    MAX_MEANINGS,
    MAX_REPAIRS,
    MAX_WORD,
    Reading,
    Rewriter,
    Rewriting,
    in_context,
)
from retrieval.schema import write_store
from retrieval.store import Store
from retrieval.types import Passage, Wording
from tests.retrieval.any_text import ANY_TEXT, SOME

TEXTS = (
    "La résiliation anticipée du contrat oblige le client à payer une indemnité au prestataire.",
    "La sauvegarde des données incombe au prestataire ; la sauvegarde seule ne suffit pas.",
    "La facture impayée produit des pénalités de retard. Le fournisseur la réclame au client.",
    "Le préavis court de la notification. Le contrat de maintenance du parc, contrat écrit, dure.",
    "Le poste, la porte et la poste : un postier de plus, et la poste encore.",
)
# "dépanneur" comes in wordings alone: known, and no text spells a slip of the finger so.
ASKED = ("dépanneur absent", "le dépanneur vient pas", "mon dépanneur", "bidule")
PHRASES = {
    "casser le contrat": "résiliation", "provider": "prestataire", "backup": "sauvegarde des données",
    "dédommager le vendeur": "indemnité", "vendeur": "fournisseur",
    "contraste": "clarté",
} | {f"mot{chr(97 + n)}": f"terme{chr(97 + n)}" for n in range(12)}  # fmt: skip
LEXICON = {" ".join(stems(phrase)): preferred for phrase, preferred in PHRASES.items()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store of `TEXTS`, of the wordings that ask for them, and of the lexicon."""
    path = tmp_path_factory.mktemp("rewriting") / "passages.sqlite"
    names = [f"kb:questions/q{number}" for number, _ in enumerate(TEXTS)]
    passages = [
        Passage(f"{name}#limites", name, "question", "Titre", text)
        for name, text in zip(names, TEXTS, strict=True)
    ]
    write_store(path, passages, [Wording(names[0], text) for text in ASKED], LEXICON)
    return Store(path)


@pytest.fixture(scope="module")
def rewriter(store: Store) -> Rewriter:
    """The rewriter over it."""
    return Rewriter(store)


def told(reading: Reading) -> list[str]:
    """The rewritings as users read them."""
    return [str(rewriting) for rewriting in reading.rewritings]


# fmt: off
TABLE = [
    # spellings of text messages
    ("jveu",             "jveu → je veux (texto)"),
    ("pk",               "pk → pourquoi (texto)"),
    ("KOI",              "koi → quoi (texto)"),
    # by ear
    ("kontra",           "kontra → contrat (son)"),
    ("sovegarde",        "sovegarde → sauvegarde (son)"),
    ("facturre",         "facturre → facture (son)"),
    ("résilliation",     "resilliation → resiliation (son)"),
    # joined to the little word before it
    ("lcontrat",         "lcontrat → l contrat (mots joints)"),
    ("dcontrat",         "dcontrat → d contrat (mots joints)"),
    ("qupreavis",        "qupreavis → qu preavis (mots joints)"),
    # one slip of the finger: a letter lost, added, changed, or two swapped
    ("cntrat",           "cntrat → contrat (faute)"),
    ("contzrat",         "contzrat → contrat (faute)"),
    ("pareavis",         "pareavis → preavis (faute)"),
    ("indenmité",        "indenmite → indemnite (faute)"),
    ("prestataite",      "prestataite → prestataire (faute)"),
    # two slips, in a word of eight letters or more
    ("prsetatairre",     "prsetatairre → prestataire (faute)"),
    ("ntoifcation",      "ntoifcation → notification (faute)"),
    # left alone
    ("cnrat",            ""),                      # two slips in a short word
    ("zorglub",          ""),                      # near nothing
    ("pa",               ""),                      # too short to tell
    ("1231-5",           ""),                      # a number is not misspelt
    ("l442-1",           ""),
    ("contrat",          ""),                      # known as it is written
    ("dépanneur",        ""),                      # known from wordings
    ("dépaneur",         ""),                      # what wordings alone have is no spelling to give
    ("avec",             ""),                      # a stop word
    ("",                 ""),
]
# fmt: on


@pytest.mark.parametrize(("typed", "expected"), TABLE)
def test_a_word_is_read_as_a_word_of_the_texts(
    rewriter: Rewriter, typed: str, expected: str
) -> None:
    """Each way of misspelling leads to the word that was meant, and says by which way."""
    assert told(rewriter.read(typed)) == ([expected] if expected else [])


@pytest.mark.parametrize("typed", ["kontra", "lcontrat", "cntrat", "contrats"])
def test_a_repaired_word_is_searched(rewriter: Rewriter, typed: str) -> None:
    """The stem of the word that was meant is searched, and that of the word as it was written."""
    reading = rewriter.read(typed)
    assert "contrat" in reading.terms and set(stems(typed)) <= set(reading.terms)
    assert "contrat" in reading.text.split()


def test_an_unknown_word_is_searched_as_it_is(rewriter: Rewriter) -> None:
    """A name that no text has is neither changed nor dropped."""
    reading = rewriter.read("Zorglub, quel contrat ?")
    assert "zorglub" in reading.text.split() and stems("zorglub")[0] in reading.terms


@pytest.mark.parametrize("text", TEXTS)
def test_known_words_are_never_changed(rewriter: Rewriter, text: str) -> None:
    """A question in the words of the texts is read as it is written."""
    reading = rewriter.read(text)
    assert reading.text.split() == words(text) and reading.rewritings == ()
    assert reading.terms == tuple(dict.fromkeys(stems(text)))


def test_the_most_frequent_of_the_nearest_is_meant(rewriter: Rewriter) -> None:
    """Between two words one slip away, the one that the texts use more is read."""
    assert told(rewriter.read("pkste")) == ["pkste → poste (faute)"]


@pytest.mark.parametrize("copies", [1, 30])
def test_many_near_words_do_not_hide_the_most_frequent(tmp_path: Path, copies: int) -> None:
    """However many words lie as near, the most frequent one is found: none is cut off before."""
    near = [f"bid{letter}n" for letter in "abdefgijlmnpru"]
    text = " ".join([*near, *["bidon"] * (1 + copies)])
    write_store(tmp_path / "s.sqlite", [Passage("a#1", "a", "document", "t", text)], [])
    assert told(Rewriter(Store(tmp_path / "s.sqlite")).read("bidqn")) == ["bidqn → bidon (faute)"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Je veux casser le contrat", ["cass contrat → résiliation (lexique)"]),
     ("The provider is late", ["provid → prestataire (lexique)"]),
     ("backup provider", ["backup → sauvegarde des données (lexique)", "provid → prestataire (lexique)"]),
     ("casser mon ordinateur", [])],
)  # fmt: skip
def test_lay_and_english_words_bring_the_term_of_art(
    rewriter: Rewriter, typed: str, meant: list[str]
) -> None:
    """A phrase of the lexicon adds its preferred term; half a phrase adds nothing."""
    reading = rewriter.read(typed)
    assert [line for line in told(reading) if line.endswith("(lexique)")] == meant
    wanted = {stem for line in meant for stem in stems(line.split(" → ")[1].split(" (")[0])}
    assert set(reading.meanings) == wanted - set(reading.terms)


def test_a_misspelt_phrase_of_the_lexicon_is_understood(rewriter: Rewriter) -> None:
    """Repairs come before the lexicon: a slip in a lay word still leads to the term of art."""
    assert rewriter.read("casser le kontra").meanings == ("resili",)


def test_the_longest_phrase_comes_first(rewriter: Rewriter) -> None:
    """A phrase within a phrase is told after it."""
    found = [
        r.read for r in rewriter.read("dédommager le vendeur").rewritings if r.why == "lexique"
    ]
    assert found == ["indemnité", "fournisseur"]


def test_a_lay_word_taken_for_a_misspelt_one_is_still_understood(rewriter: Rewriter) -> None:
    """A phrase of the lexicon counts as it was written, even where a repair changed a word of it."""
    assert told(rewriter.read("contraste")) == [
        "contraste → contrat (son)", "contrast → clarté (lexique)",
    ]  # fmt: skip


def test_meanings_are_bounded(rewriter: Rewriter) -> None:
    """A question stuffed with phrases of the lexicon is read with the first few."""
    reading = rewriter.read(" ".join(f"mot{chr(97 + n)}" for n in range(12)))
    assert len([r for r in reading.rewritings if r.why == "lexique"]) == MAX_MEANINGS


def test_repairs_are_bounded(rewriter: Rewriter) -> None:
    """Of hundreds of unknown words the first few are looked up, and the rest searched as they are."""
    typed = [f"contra{letter}{other}t" for letter in "bcdfgh" for other in "klmnpqr"]
    reading = rewriter.read(" ".join(typed))
    assert [r.written for r in reading.rewritings] == typed[:MAX_REPAIRS]
    assert reading.text.split()[MAX_REPAIRS:] == typed[MAX_REPAIRS:]


def test_an_endless_word_is_not_looked_up(rewriter: Rewriter) -> None:
    """A run of letters that no language has costs no comparison with the vocabulary."""
    assert rewriter.read("c" * (MAX_WORD + 1) + " " + "contrat" * 9).rewritings == ()


def test_a_rewriting_is_told_once(rewriter: Rewriter) -> None:
    """The same slip made ten times is one reading."""
    assert told(rewriter.read("kontra kontra KONTRA koi koi")) == [
        "koi → quoi (texto)", "kontra → contrat (son)",
    ]  # fmt: skip


@SOME
@given(ANY_TEXT)
def test_any_text_is_read_within_bounds(rewriter: Rewriter, text: str) -> None:
    """No text breaks the reading; terms and meanings are each once and share nothing."""
    reading = rewriter.read(cut(text * 40))
    assert len(reading.terms) == len(set(reading.terms))
    assert not set(reading.terms) & set(reading.meanings)
    assert set(stems(text)) <= set(rewriter.read(text).terms)
    assert len(reading.rewritings) <= len(SMS) + MAX_REPAIRS + MAX_MEANINGS
    assert re.fullmatch(r"[a-z0-9 -]*", reading.text)


VOCABULARY = sorted({word for text in TEXTS for word in words(text) if len(word) >= 8})


@SOME
@given(st.sampled_from(VOCABULARY), st.data())
def test_two_letters_swapped_are_always_found(
    rewriter: Rewriter, word: str, data: st.DataObject
) -> None:
    """Any long word of the texts is found again when two neighbouring letters change places."""
    at = data.draw(st.integers(1, len(word) - 2))
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert set(stems(word)) <= set(rewriter.read(typed).terms)


def test_threads_read_as_one_does(store: Store, rewriter: Rewriter) -> None:
    """A rewriter that eight threads start to use at once reads for each as for one alone."""
    typed = [row[0] for row in TABLE]
    alone = [rewriter.read(text) for text in typed]
    fresh = Rewriter(store)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: [fresh.read(text) for text in typed], range(8)))
    assert found == [alone] * 8


def test_a_rewriting_reads_as_a_person_would_say_it() -> None:
    """What is shown is what was written, what it was read as, and why."""
    assert str(Rewriting("kontra", "contrat", "son")) == "kontra → contrat (son)"


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Comment résilier mon contrat d'assistance informatique ?", "Comment résilier mon contrat informatique ?"),
        ("un Contrat de  maintenance Informatique", "un contrat informatique"),
        ("nos contrats d assistance et de maintenance informatiques", "nos contrat informatique"),
        ("le contrat d'infogerance informatique", "le contrat informatique"),
        ("mon contrat d'assistance", "mon contrat informatique"),
    ],
)  # fmt: skip
def test_what_the_whole_base_is_about_is_named_in_short(asked: str, read: str) -> None:
    """It tells no question from another, and would draw each to the documents titled so."""
    text, told = in_context(asked)
    assert text == read
    assert [(one.read, one.why) for one in told] == [("contrat informatique", "contexte")]


@pytest.mark.parametrize(
    "asked",
    [
        "Quelle différence entre contrat d'assistance, de maintenance et d'infogérance ?",
        "mon contrat de maintenance de chaudière", "un contrat informatique", "l'assistance", "",
    ],
)  # fmt: skip
def test_other_contracts_are_left_as_they_are_named(asked: str) -> None:
    """A contract of another kind, or several kinds compared, is what the question is about."""
    assert in_context(asked) == (asked, ())


def test_a_contract_named_in_short_is_told(retriever: Retriever) -> None:
    """The reading stands among a hit's reasons, as every other."""
    hits = retriever.search("Qui paie la panne dans mon contrat d'assistance informatique ?", 1)
    assert "contrat d'assistance informatique → contrat informatique (contexte)" in [
        reason.detail for reason in hits[0].reasons if reason.leg == "reading"
    ]
