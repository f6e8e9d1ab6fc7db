"""Last questions of conversations, with the question before and the subjects that answer them."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Turn(NamedTuple):
    """A question that follows another."""

    before: str
    asked: str
    subjects: str  # any of the names between "|" is right
    kind: Literal["announced", "plain", "elliptical"]


TURNS = tuple(
    Turn(*row)
    for row in (
        (
            "Qui doit faire les sauvegardes ?",
            "Et pour un autre sujet : le prestataire peut-il augmenter ses prix ?",
            "augmentation-unilaterale-prix",
            "announced",
        ),
        (
            "Mon client ne paie plus, puis-je suspendre ?",
            "Autre question : dois-je payer l'astreinte de mes techniciens ?",
            "astreinte-temps-travail-technicien",
            "announced",
        ),
        (
            "Le contrat s'est renouvelé tout seul, est-ce valable ?",
            "Rien à voir : qui est propriétaire des scripts écrits par le prestataire ?",
            "propriete-developpements-scripts",
            "announced",
        ),
        (
            "Peut-on résilier pour pannes répétées ?",
            "Sinon, deuxième question : faut-il un écrit pour le contrat ?",
            "contrat-verbal-sans-ecrit",
            "announced",
        ),
        (
            "Qui paie si le technicien casse un écran ?",
            "Et au fait, quelle convention collective pour une société de maintenance informatique ?",
            "convention-collective",
            "announced",
        ),
        (
            "Le prestataire est-il sous-traitant RGPD ?",
            "Changement de sujet. Comment contester une facture ?",
            "contestation-facture",
            "announced",
        ),
        (
            "Quel préavis pour résilier ?",
            "Par ailleurs, le prestataire peut-il nous citer comme référence sur son site ?",
            "reference-commerciale-logo",
            "announced",
        ),
        (
            "Quelle différence entre GTI et GTR ?",
            "J'ai aussi une question sur les mots de passe admin : qui les détient ?",
            "acces-mots-de-passe-administrateur",
            "announced",
        ),
        (
            "Le prestataire a perdu nos données",
            "Et sinon peut-on signer électroniquement ?",
            "signature-electronique",
            "announced",
        ),
        (
            "Le prestataire peut-il augmenter ses prix ?",
            "Et la clause d'exclusivité, elle est valable ?",
            "exclusivite-prestataire",
            "announced",
        ),
        (
            "Can the provider raise its prices?",
            "Another question: who must make the backups?",
            "sauvegarde-donnees",
            "announced",
        ),
        (
            "Qui doit faire les sauvegardes ?",
            "Le technicien a cassé notre écran, qui paie ?",
            "casse-materiel-technicien",
            "plain",
        ),
        (
            "Le prestataire peut-il augmenter ses prix ?",
            "Que doit contenir une mise en demeure ?",
            "mise-en-demeure-contenu",
            "plain",
        ),
        (
            "Mon prestataire est en liquidation, que devient le contrat ?",
            "Comment fonctionne la tacite reconduction ?",
            "tacite-reconduction",
            "plain",
        ),
        (
            "Qui paie si le technicien casse un écran ?",
            "Il nous faut un acompte, c'est légal ?",
            "acompte-carnet-heures",
            "plain",
        ),
        (
            "Le contrat verbal est-il valable ?",
            "Il refuse de rendre les mots de passe, que faire ?",
            "acces-mots-de-passe-administrateur",
            "plain",
        ),
        (
            "Quel tribunal saisir ?",
            "Combien de temps pour agir en justice ?",
            "prescription-delai-agir",
            "plain",
        ),
        (
            "Le prestataire peut-il limiter sa responsabilité ?",
            "on a été piratés, il est responsable ?",
            "cyberattaque-rancongiciel",
            "plain",
        ),
        (
            "Le prestataire peut-il sous-traiter ?",
            "les frais de déplacement sont compris ?",
            "frais-deplacement",
            "plain",
        ),
        (
            "Qui doit faire les sauvegardes ?",
            "Et le droit applicable si le prestataire est belge ?",
            "droit-applicable-langue",
            "plain",
        ),
        (
            "Le contrat s'est renouvelé tout seul, est-ce valable ?",
            "Doit-il être assuré ?",
            "assurance-rc-pro",
            "plain",
        ),
        (
            "Puis-je suspendre le paiement ?",
            "Il veut embaucher mon technicien, a-t-il le droit ?",
            "non-sollicitation-personnel",
            "plain",
        ),
        (
            "Comment contester une facture ?",
            "Le prestataire doit-il venir le week-end ?",
            "horaires-astreinte-weekend",
            "plain",
        ),
        (
            "Le prestataire peut-il augmenter ses prix ?",
            "Et si l'ordinateur reste chez lui et que personne ne vient le chercher ?",
            "materiel-non-recupere-retention",
            "plain",
        ),
        (
            "Quel préavis pour résilier un contrat à durée indéterminée ?",
            "et si c'est lui qui part ?",
            "resiliation-duree-indeterminee|preavis-forme-resiliation|rupture-brutale-relation-etablie",
            "elliptical",
        ),
        (
            "Le contrat s'est renouvelé tout seul, est-ce valable ?",
            "combien de temps ?",
            "tacite-reconduction",
            "elliptical",
        ),
        (
            "L'indemnité de résiliation anticipée est-elle due ?",
            "et avant 2016 ?",
            "indemnite-resiliation-anticipee",
            "elliptical",
        ),
        (
            "L'indemnité de résiliation anticipée est-elle due ?",
            "combien ?",
            "indemnite-resiliation-anticipee",
            "elliptical",
        ),
        (
            "Le prestataire peut-il augmenter ses prix ?",
            "même avec une clause ?",
            "augmentation-unilaterale-prix|revision-prix-indexation",
            "elliptical",
        ),
        (
            "Le prestataire peut-il limiter sa responsabilité ?",
            "et pour un particulier ?",
            "clause-limitative-responsabilite|client-consommateur-particulier",
            "elliptical",
        ),
        (
            "Peut-on résilier pour pannes répétées ?",
            "comment ?",
            "pannes-recurrentes-resiliation",
            "elliptical",
        ),
        (
            "Peut-on résilier pour pannes répétées ?",
            "par mail ça suffit ?",
            "pannes-recurrentes-resiliation|preavis-forme-resiliation|mise-en-demeure-contenu",
            "elliptical",
        ),
        (
            "Qui doit faire les sauvegardes ?",
            "et si le contrat n'en parle pas ?",
            "sauvegarde-donnees",
            "elliptical",
        ),
        (
            "Mon prestataire est en liquidation, que devient le contrat ?",
            "et mes données ?",
            "procedure-collective-partie|reversibilite-restitution",
            "elliptical",
        ),
        (
            "Qui paie si le technicien casse un écran ?",
            "et si c'était un accident ?",
            "casse-materiel-technicien",
            "elliptical",
        ),
        (
            "Comment contester une facture ?",
            "dans quel délai ?",
            "contestation-facture",
            "elliptical",
        ),
        (
            "Quel délai pour agir en justice ?",
            "et contre un particulier ?",
            "prescription-delai-agir",
            "elliptical",
        ),
        (
            "Le prestataire peut-il sous-traiter ?",
            "sans me le dire ?",
            "sous-traitance-autorisation",
            "elliptical",
        ),
        (
            "Mon client ne paie plus, puis-je suspendre ?",
            "sans le prévenir ?",
            "non-paiement-client-suspension",
            "elliptical",
        ),
        (
            "Mon client ne paie plus, puis-je suspendre ?",
            "c'est risqué ?",
            "non-paiement-client-suspension",
            "elliptical",
        ),
        (
            "Can the provider raise its prices during the contract?",
            "and without notice?",
            "augmentation-unilaterale-prix",
            "elliptical",
        ),
        (
            "Le contrat verbal est-il valable ?",
            "quelle preuve ?",
            "contrat-verbal-sans-ecrit|preuve-execution-interventions",
            "elliptical",
        ),
        (
            "Quelles annexes joindre au contrat ?",
            "laquelle prime ?",
            "annexes-ordre-priorite",
            "elliptical",
        ),
        (
            "Quel tribunal saisir ?",
            "et si le contrat dit autre chose ?",
            "tribunal-competent-clause",
            "elliptical",
        ),
        (
            "Dois-je payer l'astreinte de mes techniciens ?",
            "même s'il n'est pas appelé ?",
            "astreinte-temps-travail-technicien",
            "elliptical",
        ),
        (
            "Le prestataire peut-il augmenter ses prix ?",
            "quel article ?",
            "augmentation-unilaterale-prix",
            "elliptical",
        ),
        (
            "Le prestataire a perdu nos données, qui est responsable ?",
            "et s'il n'y avait pas de sauvegarde ?",
            "perte-de-donnees-responsabilite|sauvegarde-donnees",
            "elliptical",
        ),
        (
            "La force majeure exonère-t-elle le prestataire ?",
            "une panne électrique par exemple ?",
            "force-majeure",
            "elliptical",
        ),
    )
)
