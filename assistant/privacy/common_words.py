"""Words that people use in questions of this field: written small, they name nobody.

They are the lower-case words that stand fifteen times or more in the questions, the wordings, the
questions to decline and the clauses of the base, without accents, less those that are given names.
"""

from __future__ import annotations

COMMON_WORDS = frozenset(
    """
    abandonne abime abonnement abonnements abonnes abord about absence absent abus abuse abusif
    abusive ac acceptation accepte acceptee acceptees accepter acces access accessoire accessoires
    accord accueil accuse achat achats achete achetee acheter acheteur acompte acte actes action
    activite activites adaptees adapter adherents adhesion admet admin administrateur
    administration admis adresse adresses affaire affaires affiche affirme after age agence agent
    agir agit agree agreement agrement agricole ai aide aider ailleurs aime aimerais ainsi ait
    ajout ajoute ajouter alarme alea alerte alerter alertes alinea all aller allowed allume alor
    alors amende americain ami amiable an analyse ancien ancienne anciennete anciens and anglais
    annee annees annexe annexes anniversaire annonce annoncee annoncer annuel annuelle annulation
    annule annuler another ans anticipee antivirus any aout appareil appareils apparent appartient
    appel appele appeler appelle appels appli applicable application applique appliquent appliquer
    apply apporte apprecie apprenti appui apre apres architecte architectes are argent arret arrete
    arreter arriere arrive arrivee art article articles articulation artisan artisans as asking
    assez assigne assistance assistant assistante asso association associe associes assurance
    assure assurer assureur astreinte at atelier attaque attaquer attend attendre attente attentes
    attestation au aucun aucune audience audit augmentation augmente augmenter aujourd aupres
    aurait aussi autant auteur authentification auto automatique automatiquement autorisation
    autorise autorite autre autrement autres aux avais avait avan avance avant avc ave avec avenant
    avenants averti avertir avertissement avez avions avis avocat avocate avocats avoir avons avril
    away ayant back backup backups badge baie bail bailleur baisse baisser balance balle bancaire
    banque bareme barre bas bascule base batiment batterie be beau beaucoup because before belge
    benevole besoin besoins best between bien bilan bill blanc bloque bloquee bloquer boite boites
    bon bonne bons bord bordereau borne bornes boss bosse bosser bouge boulanger boulangerie boulot
    bound bout boutique box branche bras breach brule budget bug bulletin bureau bureaux business
    but by ca cabinet cablage cable cache caches cadre caduc caducite cafe cahier caisse caisses
    calcul calcule calendrier call cameras camping can cantine cap captures car caractere
    caracterise carnet carte cas case cases cassation casse casser cause causes cb ce cedant cede
    ceder cela celle celles celui cense cent centre certains certificat certification ces cesse
    cesser cession cest cet cette ceux cgv chacun chacune chaine chambre champ chance change
    changement changent changer chantier chaque charge charges che chef cheque cher cherche
    chercher chere chez chiffre chiffree chiffrement chiffrer chiffres choisi choisir choisit choix
    chose choses ci cinq circonstances cite citees citer cites civil civile claim clair clairement
    classe clause clauses clavier cle cles clic clien client cliente clientele clients clinique
    clique cloture cloud club cmt coche cocher cocontractant code codes coiffure coin coince
    collaboration colle collective collegue combien comite commande commandes comme commence
    commencer comment commercant commercants commerce commercial commerciale commissaire commission
    commun commune compagnie company compatible compensation competence competent complet complete
    completer comportement comprend comprendre comprends compri compris comprise comprises compta
    comptabilite comptable compte comptent compter comptes compteur comptoir computer computers
    concerne conciliation conclu conclus concurrence concurrent condamne condition conditions
    conduite confiance confidentialite confie confier confirmation conflit conforme conformite
    confrere conge conges connais connaissait connaissance connait connaitre connecte connexion
    connexions connues conseil conseille conseils consentement consequence consequences conserve
    conserver considere consignes console consommables consommateur consommation constat constate
    constater constitue constituer constructeur consultation contact contacts contart conte
    contenir contenu contestable contestation conteste contestee contester contient continue
    continuer contra contract contractor contractuel contractuelle contractuelles contradictoire
    contraire contrat contrats contre contredisent contrefacon contrepartie controle convention
    conventionnel conventionnelle conventions convenu convenue convient cooperation cooperative
    copie copier copies copieur copropriete corps correctif correctifs correction corrective
    corrige corriger cote coule count coup coupe couper coupure cour courant courir courriel
    courriels courrier cours court courte cout coute couts couvert couverts couverture couvre
    couvrir cover covered creance creancier creche credit credits cree creer criteres critique
    croire croyait customer customers cyber cybersecurite danger dangereux dans data date dates day
    days de deal debauchage debiteur debranche debut decembre decharge decide decision decisions
    declaration declare declarer decompte decouvert decouvre decrit dedans dedit dedommagement
    deduire defaillant defaut defauts defendre definit definition definitive degat degats dehors
    deja dela delai delais delegue delit demain demande demandee demander demandes demandez
    demarche demarrage demarre demenage demenagement demeure demi demontrer dentaire dentiste
    depaneur depannage depanne depanner depanneur depart depasse depassement depend dependance
    dependent deplace deplacement deplacer depose deposer depositaire depot depui depuis derisoire
    dernier derniere derriere des desaccord desequilibre designe desormais dessous dessus
    destruction detail detaille determinante determinee detruit dette deux deuxieme devait devant
    developpeur devenu devi devient devis devoir devoirs di diagnostic difference different
    differentes differents diligence dimanche dir dire direct directe directement directeur
    direction directrice dirige dirigeant dis disait disant discussion discute discutee discuter
    dise disent disk disparait disparu dispense disponibilite disposition dispute disque disques
    distance distinct dit dites divorce divulgation dix do doc document documentation documents
    does doi doigt dois doit doivent dol dolosive domaine domicile dommage dommages donc done donne
    donnee donnees donner donneur dont dos dossier dossiers double doute douze down drive droi
    droit droits ds du due dues dun dur durable dure duree during dus each eau eaux ecart ecarte
    ecarter echange echanges echeance echec echoue ecole economique ecran ecrans ecri ecrire ecrit
    ecrite ecrites ecrivez editeur efface effacement effacer effectif effet effets efforts egale
    egard electricite electrique electronique element elements elle elles embauche embaucher
    empeche empechement emploi emploie employe employee employes employeur emporte en encaisse
    encor encore end ended endroit enfants engage engagement engagements engager engineer enleve
    enough enregistre enregistrement ensemble ensuite entier entraine entre entree entrepreneur
    entreprise entreprises entrer entretenir entretien entretient envers envoi envoie envoye
    envoyer equipe equipement equipements equipment equivalent equivoque er erreur erreurs es
    escalade essai essentiel essentielle est estime et etablie etablir etablissement etablit etage
    etaient etais etait etape etat ete eteint etendue etes etranger etrangere etre etude etudes eu
    euro europeen euros eux evenement every evite eviter evolution evolutive ex exact exacte
    exactement exception exceptions excessive exclu exclure exclusion exclusions exclusive
    exclusivite exclut excuse execute executer execution exemplaire exemple exercice exige exigee
    exigence exigences exiger existe exonere expert expertise expire explication explique expliquer
    exploitation expose expres expresse expressement extension exterieur externe extra fabricant
    face facon factur facturation facture facturee facturees facturer factures faculte fai faillite
    fair faire fais fait faite faites faits fallait famille fasse fault fausse faut faute fautes
    fautif faux fe fee femme fer ferme fermee fermer fermeture feu feuille fevrier fiabilite fiable
    fibre fiche fiches fichier fichiers figure figurent fil file filiale fille fils fin final
    finance financement financeur financier financiere fini finir firm first fix fixe fixed fixer
    fleuriste fo foi fois fonction fonctionne fonctionnement fond fondement fonds font for force
    forcement forcer forfait forfaitaire format formation forme former formes formulaire formule
    fort fote four fourni fournir fournis fournisseur fournit fourniture foutu frais francais
    francaise franchise free freelance frequence frere from fuite gagne gagner garage garagiste
    garanti garantie garanties garantir garantit garde garder gardez gars general generale
    generales genre gens gerant gerante gere geste gestion get gite give glisse go got grand
    gratuit gratuite gratuitement grave gravite greffe greve grille gros grosse groupe habitude
    hand hardware has hausse have he heberge hebergement hebergeur help helpdesk hesite heure
    heures hier him his histoire historique hiver hold home homme honoraires hopital horaire
    horaires hors hotel hotline hours how hui huissier huit humain ici idee identifiants identite
    if ignore il illicite illimite illimitee ils image immeuble immobiliere impact impaye impayee
    importe impose imposee imposer impossible impot imprevisible imprevision imprimante imprimantes
    imprime imprimerie imputable in incendie incident incidents included inclus inclut inconnu
    indemnisation indemnise indemnite independant indeterminee indexation indicateurs indice
    indique inexecution info infogerance infogerant informaticien informaticiens information
    informations informatique informatiques informe informer ingenieur initial injonction inscrire
    inspection installateur installation installe installer instance instruction instructions
    integrateur intention interdependance interdiction interdire interdit interdite interet
    interets interieur interim interlocuteur interne internes internet interpretation interprete
    interruption intervenant intervenants intervenir intervention interventions into introuvable
    intrusion inutile inventaire inverse invoice invoque invoquer irrefragable is issue it its jai
    jamais jame janvier jdoi je jete jeu jeudi jeune jfais jfe job joindre joint jointe joue jouer
    jour journal journaux journee jours jpaye jpeu jsui jsuis judge judiciaire juge jugement juges
    juillet juin jure juridique juriste jusqu just juste justice justifie jveu kan ke keep keeps
    kel ki kil kine km koi koman kon la labo laboratoire lache lacher laisse laisser lance langue
    laptop laquelle last late law le lease leaser leasing leave lecteur left legal legale legitime
    legitimes lendemain lent lequel les letter lettre lettres leur leurs liability liable
    liberatoire libere liberte librairie libre librement licence licences licencie lie liee lien
    lies lieu lieux ligne lignes limitation limitative limite limitee limiter limites
    linformaticien liquidateur liquidation lire list liste lit litige livraison livre livrer local
    locataire location locaux logiciel logiciels logo loi lol long longtemps longue lors lorsque
    lost loue loueur lourde loyer loyers lu lui lundi lycee ma machine machines magasin mai mail
    mails main mains maintenance maintenant mainteneur maintenir maintien maire mairie mais maison
    maitre majeure majoration mal malade maladie malgre malus mandat manifeste manifestement
    manipulation manque manquement manquements many marche marches mardi marge mari mariage marke
    marque mars materiel materiels matiere matin matos mauvais mauvaise maximale maximum mdp me mec
    medecin mediateur mediation medical meilleurs meme memes memoire menace menage mensualite
    mensualites mensuel mensuelle menti mention mentionne mentions menuiserie mercredi mere mes
    message messagerie messages mesure mesures met methode metier mets mettez mettre mi micro midi
    mien mieux migration milieu mille minimum minute minutes mis mise mises mission missions mixte
    mm mobile mode modele modification modifie modifier moi moindre moins mois moitie moment mon
    monde money monsieur montant monte monter month monthly months montre montrer mort morte mot
    motif motivee motiver mots moyen moyens much mur musique must mutuelle my nas nature ne
    necessaire necessaires need negligence negociable negociation negocie negocier negociera net
    nettoyage neuf neuve never neveu new ni nie niveau niveaux no nobody noir nom nombre noms non
    normal normale nos not notaire notamment notariale note noter notes notice notification notifie
    notifier notre nou nous nouveau nouveaux nouvel nouvelle nouvelles nouvo now nuancer nuit nul
    nulle nullite numerique numero numeros objectif objet obligation obligations obligatoir
    obligatoire oblige obliger obstacle obtenir occasion occupe occuper octobre oeuvre of off
    offert office offre offres ok old on onduleur one only ont onze operateur operation opposable
    oppose opposer opposition option options or oral order ordi ordinateur ordinateurs ordonnance
    ordonne ordre ordres organise organiser organisme original originaux origine otre ou oubli
    oublie oubliee oui our out outil outils ouvert ouverte ouverture ouvrage ouvre ouvres ouvrir
    over owe own pa page pages paid paie paiement panne pannes papeterie papie papier papiers par
    paragraphe parait paraphe parapher parc parce pare pareil parking parle parler parole part
    partage partenaire parti particulier particuliere particulieres particuliers partie partiel
    partielle parties partir partout parts pas passage passe passee passees passent passer patient
    patients patron pay payant payante paye payee payer payes payeur paying payment pays pb pc
    peine penal penale penalite penalites penalty pendant pense perd perdre perds perdu perdue pere
    perime perimetre periode periodique permanence permet permis perso person personne personnel
    personnelle personnelles personnes perte pertes pese petit petite petites petits peu peur peut
    peuvent peux pharmacie photo photocopieur photos phrase piece pieces piege pilote piratage
    pirate pirates place plafond plafonne plages plaide plainte plan plancher planning plans plante
    plaquette plateforme plein pleine plu plus plusieurs plutot point points police portable
    portables portail porte portee porter pose poser possible post poste postes pour pourcentage
    pourparlers pourquoi poursuivre pourtant pouvait pouvez pouvoir pr pratique prealable preavis
    precis precise preciser prefere prejudice preleve prelevement premier premiere prend prendre
    prepare prepose preposes pres prescription presence present presente president presomption
    presque presse presta prestataire prestataires prestation prestations presumee pret prete
    pretend preuve preuves prevaloir prevenir preventif prevention preventive prevenu previent
    previsible prevoir prevoit prevu prevue prevus pri price prime principal principale principe
    priorite pris prise prises prive privee prix pro probante probleme procede procedure proces
    prochain prochaine production produit profane professionnel professionnelle professionnels
    profit profite programme projet promesse promesses promet promettre promis promise propose
    proposer proposez proposition propre proprement propres proprietaire propriete protection
    protege proteger prouve prouver prove provider provision provisoire pu pub public publicite
    publics publie publique puis puisque qd qu qualification qualifie qualite quand quarante
    quartier quatorze quatre que quel quelle quelles quelqu quelque quels question questionnaire
    questions qui quinze quitte quitter quoi quote rachat rachete racheter raconte rade radio
    raison raisonnable rame rapide rappel rappelle rapport rapports rate ratee raye re reception
    recette recevoir recherche reclamation reclame reclament reclamer recoit recommandations
    recommande recommandee reconduction reconnaissance reconnait recours recouvrement recrutement
    recu recue recup recuperation recupere recuperer redaction redevance redevances redige rediger
    redressement reduction reduire reduit reel reelle refaire refere reference referent referes
    reforme refus refuse refusee refuser refuses regard regarde regarder regie regime registre
    regle reglement regler regles relance relances relation releve relevent relever releves
    rembourse remboursement rembourser remet remettre remis remise remonter remote remplacant
    remplace remplacement remplacer rempli remplir remuneration rend rendez rendre rendu rendus
    renegociation renegocier renonce renoncer renonciation renouvele renouvelle renouvellement
    rentre renverse renvoie renvoye renvoyer repair reparateur reparation repare reparer repart
    reparti repartir repete repetition repond repondre reponds repondu reponse reponses report
    repos repousse reprend reprendre repreneur representant repris reprise reproche reprocher
    repute reputee reseau reservation reserve reserves residence resiliation resilie resilier
    resolution resolutoire resoudre respect respecte respecter responsabilite responsable restant
    restantes restaurant restaurateur restauration reste restee restent rester restitution resultat
    retablissement retard retenir retention retenu retenue retient retire retirer retour retourne
    retourner retractation retrait retraite retrouve retrouver reunion reussir revendeur revenir
    reversibilite revient revision rgpd ri rien right risk risque risques robot role rompre rompu
    rouge route routeur run rupture sa sais saisi saisie saisir saison sait salaire salaires
    salarie salariee salaries salle salon same samedi san sanction sanctions sans sante sauf saute
    sauvegarde sauvegardes savait savoir say says scan scanner schedule script scripts se second
    secours secret secretaire securite selon semaine semaines send sens sent sept septembre sera
    serait serie serieux sert servent server serveur serveurs service services servir ses session
    seuil seuils seul seule seulement seules seuls shop should si siege sign signale signalement
    signaler signataire signature signe signed signee signer signes signez significatif silence
    simple simplement sinistre sinon site sites situation six small sms so social societe societes
    soeur software soi soient soir soit soixante solde solution sommation somme sommes son sont
    sort sortie sortir souci souhaite soumis source souris sous souscrit soutient souvent
    specialiste staff stagiaire standard startup still stipulation stipule stipulee stipuler stock
    stockage stop studio su substance sue suffire suffisamment suffisant suffit suis suisse suit
    suite suites suivant suivante suivent suivi suivre supervision supplement supplementaires
    supplier support supporte supports suppose suppression supprime supprimer sur surtout
    surveillance surveiller suspend suspendre suspension svp switch syndic syndicat syntec systeme
    systemes table tableau tablette tablettes tache taches tacite taille taire tant tape tard
    tardive tarif tarifaire tarifs taux taxes te tech technician technicien techniciens technique
    techniques tel telemaintenance telephone telephones telephonique teletravail telle temoignage
    template temps tenant tenir tenu tenue term terme termes terminal terminate termine terms
    terrain test teste tester tests tete texte textes texto than that the theatre their them there
    they this three ticket tickets tiennent tiens tient tiers til time tirer titre titulaire tjr
    tjs to tombe tombee tomber ton toner too tort torts tot totale tou touche toucher toujours tour
    tourne tourner tous tout toute toutes tps trace traces train traine traitance traitant
    traitants traite traitees traitement traiter traites traiteur trajet trame tranche transfere
    transfert transport transporteur travail travaille travailler travaux trente tres tresorier
    tribunal trimestre trimestres tro trois troisieme trompe trop trouble trouve trouver truc ts tt
    tu two type un under une unilaterale unique uniquement up urgence urgent us usage usages use
    usine usure utile utiles utilisateur utilisateurs utilisation utilise utiliser va vacances vais
    valable valent valeur valid validation valide valider validite valise vaut ve veille venait
    vend vendeur vendeuse vendre vendredi vends vendu venir vente venu venue verbal verification
    verifie verifier verifiez vers verse verser version versions vert veterinaire vetuste veu
    veulent veut veux vice victime vide video vie vieille vien viennent viens vient vieux vigilance
    vigueur village ville vingt violation vire virement virus vise visent visite visites vit vite
    voie voila voir vois voisin voisine voit voiture voix vol vole vont vos votre voudrais voudrait
    voulu vous voyages vrai vraie vraiment vu vue want wants warning was we web week what when
    which who wifi windows with without won work write written ya year years you zero
    """.split()
)
