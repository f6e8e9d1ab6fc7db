"""Two engines for the tests of comparing: one that always answers the same, one that cannot run."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.baselines.corpus import Source
from evaluation.packages import needed

ANSWER = ("kb:questions/mots-de-passe", "kb:questions/mots-de-passe", "kb:contract/prix")


class Stubborn:
    """Finds two chunks of one document, then one of another, whatever is asked."""

    def build(self, sources: Sequence[Source]) -> int:
        """Count the texts: those of the documents and their wordings."""
        return sum(len(source.sections) + len(source.wordings) for source in sources)

    def search(self, question: str) -> list[str]:
        """The same documents."""
        return list(ANSWER)


class Lacking:
    """Needs a package that nobody has."""

    def __init__(self) -> None:
        needed("maintelex_package_that_nobody_has", "baselines")
