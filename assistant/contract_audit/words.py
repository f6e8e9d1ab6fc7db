"""The words in which an audit is told, for pages, reports and the command line alike."""

from __future__ import annotations

from assistant.contract_audit.types import Audit, Quote

TITLE = "Analyse d’un contrat d’assistance informatique"
NOTICE = "MainteLex donne une information juridique, non un conseil. Faites relire vos choix par un avocat."
NOTHING = "rien n’a été trouvé sur ce point."
SEVERITY = {"eleve": "Risque élevé", "moyen": "Risque moyen", "faible": "Point d’attention"}
_COUNTED = {
    "eleve": ("risque élevé", "risques élevés"), "moyen": ("risque moyen", "risques moyens"),
    "faible": ("point d’attention", "points d’attention"),
}  # fmt: skip
SIDE = {
    "client": "pèse sur le client", "prestataire": "pèse sur le prestataire",
    "deux": "pèse sur les deux parties",
}  # fmt: skip
LIMITS_TOLD = (
    "Elle cherche des mots et des nombres, phrase par phrase : un risque dit autrement peut lui échapper,"
    " et un passage relevé peut être sans danger dans son contexte.",
    "Elle ne lit ni les annexes absentes du fichier, ni vos échanges, ni les usages entre les parties.",
    "« Rien n’a été trouvé » signifie qu’aucune phrase reconnue n’en parle : vérifiez avant de conclure.",
    "La rédaction proposée vient d’un modèle : elle se négocie et s’adapte à votre situation.",
)


def place_of(quote: Quote) -> str:
    """Where a quote stands in the contract: its article, its page."""
    page = f"page {quote.page}" if quote.page else ""
    return ", ".join(filter(None, (quote.heading, page))) or "sans titre"


def counted(audit: Audit) -> str:
    """How many risks of each severity: « 2 risques élevés, 1 point d’attention »."""
    counts = [(audit.count(name), names) for name, names in _COUNTED.items()]
    told = [f"{count} {names[count > 1]}" for count, names in counts if count]
    return ", ".join(told) or "aucun risque relevé"
