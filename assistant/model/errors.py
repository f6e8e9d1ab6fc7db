"""Everything that can go wrong with a language model, as one error with a kind."""

from __future__ import annotations

from typing import Literal

from retrieval.errors import AppError

Kind = Literal["absent", "timeout", "refused", "overloaded", "garbage", "too_long", "open_circuit"]

_PROBLEMS: dict[Kind, str] = {
    "absent": "n'est pas joignable",
    "timeout": "n'a pas répondu dans le temps imparti",
    "refused": "a refusé la demande",
    "overloaded": "est surchargé ou en panne",
    "garbage": "a rendu une réponse illisible ou interrompue",
    "too_long": "a rendu une réponse trop longue",
    "open_circuit": "est laissé de côté après des échecs répétés",
}
_FIXES: dict[Kind, str] = {
    "absent": "Vérifiez MAINTELEX_MODEL, et que le serveur du modèle est lancé.",
    "timeout": "Réessayez, ou augmentez MAINTELEX_MODEL_TIMEOUT_S.",
    "refused": "Vérifiez MAINTELEX_MODEL_KEY et le nom du modèle.",
    "overloaded": "Réessayez dans un moment.",
    "garbage": "Réessayez ; si cela dure, changez de modèle.",
    "too_long": "Changez de modèle : celui-ci ne tient pas les limites demandées.",
    "open_circuit": "Il sera essayé de nouveau dans un moment.",
}


class ModelError(AppError):
    """A language model that gave no usable reply.

    The provider's own words are left out: they may repeat the key or the question.

    Args:
        kind: what went wrong.
        model: the model's label, as `Spec.label` gives it.
        detail: what more is known, in our words.
        retry_after: seconds that the provider asks to wait for, where it does.
        fix: what to do next, when the kind's own remedy does not fit.
    """

    def __init__(
        self,
        kind: Kind,
        model: str,
        detail: str = "",
        *,
        retry_after: float | None = None,
        fix: str = "",
    ) -> None:
        told = f" ({detail})" if detail else ""
        problem = f"Le modèle de langage « {model} » {_PROBLEMS[kind]}{told}."
        super().__init__(problem, fix=fix or _FIXES[kind])
        self.kind = kind
        self.retry_after = retry_after
