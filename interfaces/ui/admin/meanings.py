"""What each setting is for, as interfaces/settings.py says it: marked here, so that it has its English."""

from __future__ import annotations

from interfaces.ui.language import later

__all__ = ["MEANINGS"]

MEANINGS = (
    later("Dossier de la base de connaissances."),
    later("Dossier de l'index."),
    later(
        "Base PostgreSQL qui garde l'index et le bureau à la place des dossiers :"
        " « postgresql://compte:mot-de-passe@machine:5432/base »."
    ),
    later("Dossier du bureau : comptes, questions, avis."),
    later(
        "Encodeur : vide pour celui de MainteLex, sinon chemin ou nom d'un modèle"
        " sentence-transformers."
    ),
    later("Taille maximale d'un document, en Mo."),
    later("Nombre maximal de pages d'un PDF."),
    later("Adresse où écoute la page."),
    later("Port de la page."),
    later(
        "Modèle de langage : vide pour s'en passer, sinon « fournisseur:modèle » ou"
        " « http://adresse/v1#modèle »."
    ),
    later("Clé du modèle de langage."),
    later("Temps laissé au modèle pour une réponse, en secondes."),
    later("Prix d'un million de jetons lus par le modèle."),
    later("Prix d'un million de jetons écrits par le modèle."),
    later(
        "Sites qui peuvent montrer l'assistant dans leurs pages, séparés par des espaces :"
        " « https://cabinet.exemple »."
    ),
    later("Adresse électronique des juristes, montrée quand une réponse manque."),
)
