"""The word lists of the recognisers: French, folded (small letters, no accents).

They are written here; docs/decisions says why no list of names from the package index serves.
"""

from __future__ import annotations

CIVILITIES = frozenset(
    """
    m mr mrs ms mme mlle mm mmes monsieur madame mademoiselle messieurs mesdames me maitre dr
    docteur pr professeur
    """.split()
)
# After these alone a small word is a name: "mr dupont"; after "monsieur" it is a verb as often.
SHORT_CIVILITIES = frozenset("m mr mrs mme mlle dr".split())

PARTICLES = frozenset("de du des d la le les l von van den der ben el al da di dos del".split())

# Given names common in France, folded. Those that are words too come apart: a capital must tell.
GIVEN_NAMES = frozenset(
    """
    adele adrien agathe ahmed alain alban albert alexandre alexandra alexis alice alicia aline
    amandine amelie amine amina anais andre andrea andree angelique anne annick annie anouk
    anthony antoine arnaud arthur astrid aurelie aurelien axel aymeric aziz baptiste barbara
    bastien beatrice benedicte benjamin benoit bernadette bernard bertrand boris brahim brice
    brigitte bruno camille carine carole caroline catherine cecile cedric celine chantal charlene
    charles charlotte chloe christelle christian christiane christine christophe clarisse claudine
    clement clementine coralie corentin corinne cyril cyrille damien daniel daniele danielle david
    deborah delphine denise diane didier dimitri dominique dorian dorothee dylan edith edouard
    eleonore elena eliane elias elie eliott elisabeth elise elodie eloise elsa emilie emma
    emmanuel emmanuelle enzo eric erwan esteban estelle esther etienne eugenie eva evelyne fabien
    fabienne fabrice fanny farid fatima fatiha faustine felix fernand florian francine francis
    franck francois francoise frederic frederique gabin gabriel gabrielle gaelle gael gaetan
    gaspard gauthier genevieve geoffrey georges gerald geraldine gerard ghislaine gilbert gilles
    ginette gisele gregoire gregory guillaume gustave gwenaelle hakim hamid hassan helene henri
    hermine herve hicham hubert hugo hugues ibrahim ines ingrid irene isabelle ismael jacqueline
    jacques james jeanne jennifer jeremie jeremy jerome jessica joel joelle joris josephine
    josette josiane josselin jules julia julie julien juliette justine karim karima karine katia
    kevin khadija khaled killian laetitia laila laure laurence laurent laurie leila leon leonie
    leopold lilian liliane lionel lisa loic lola lorenzo louis louise luc lucas lucie lucien
    lucienne ludivine ludovic lydia lydie madeleine mael maelle magali malik manon marcel marcelle
    margaux margot marguerite maria marianne marielle marion marius marjorie marlene martine mateo
    mathieu mathilde mathis matthieu maud maxence maxime mehdi melanie melissa michael michel
    michele micheline michelle mickael mireille mohamed mohammed monique morgane mourad muriel
    mustapha myriam nabil nadege nadia nadine nassim natacha nathalie nathan nicole nicolas ninon
    noemie nolwenn nora norbert odette odile olivia omar oceane odilon pascal pascale patrice
    patricia patrick paul paule paulette pauline perrine philippe pierrick pierrette quentin
    rachel rachid raoul raphael raphaelle raymond raymonde rebecca regine remi renaud rene renee
    richard robert roberto rodolphe rodrigue roger roland romuald ronan roxane sabine sabrina
    salima salome samantha samia samir samira samuel sandra sandrine sarah sebastien segolene
    serge severine simone sofia sofiane solene solenne sonia sophie stanislas stephane stephanie
    sylvain sylvaine sylvie tatiana thibault thibaut thierry thomas timothee titouan tristan ugo
    valentin valentine valerie vanessa veronique vincent virginie vivien vladimir wilfried william
    xavier yacine yann yannick yasmine yoann yohan yolande youssef yves yvette yvonne zoe john
    emily
    """.split()
)
GIVEN_WORDS = frozenset(
    """
    claude germain romain romane laura jade robin marie manuel olivier maurice said peter mary
    adam aime ali angele ange aurore blanche candice capucine carmen celeste cesar claire clemence
    colette constance denis desire eden eve fleur flora florence gilles guy iris jasmin jean
    jordan justin lea leo lou luce marc marin marine martial martin maya max melodie mercedes
    modeste nina noa noe noel parfait pascal pierre prudence prune reine remy rosalie rose sacha
    salomon sam simon solange theo tom toussaint ulysse victoire victor victoria violette yan
    """.split()
)

LEGAL_FORMS = frozenset(
    """
    sarl sas sasu eurl sa snc sci scp selarl selas scop scic eirl gie sca sccv earl sprl srl asbl
    ltd llc gmbh inc corp bv nv plc spa sl ag
    """.split()
)
SMALL_LEGAL_FORMS = frozenset("sarl sas sasu eurl selarl ste ets".split())  # "la sarl dupont"
FIRM_WORDS = frozenset(  # "la société X", "cabinet X"
    """
    ste societe ets etablissement etablissements compagnie groupe cabinet agence entreprise
    association boite boutique garage pharmacie boulangerie restaurant hotel clinique mutuelle
    company firm startup holding filiale enseigne
    """.split()
)
FIRM_ROLES = frozenset(  # "mon prestataire X"
    """
    presta prestataire prestataires fournisseur editeur hebergeur bailleur loueur infogerant
    mainteneur depanneur revendeur integrateur concurrent partenaire traitant ssii esn client
    cliente locataire repreneur cessionnaire cedant crediteur franchiseur provider supplier vendor
    contractor customer
    """.split()
)
PERSON_ROLES = frozenset(
    """
    technicien technicienne gerant gerante dirigeant dirigeante directeur directrice commercial
    commerciale responsable interlocuteur interlocutrice contact salarie salariee associe associee
    collegue patron patronne expert huissier avocat avocate notaire comptable secretaire stagiaire
    employe employee president presidente informaticien informaticienne chef assistant assistante
    administrateur administratrice signataire representant representante mandataire liquidateur
    liquidatrice voisin voisine mari femme frere soeur fils fille technician manager director
    """.split()
)
BEFORE_ENTITY = frozenset("chez avec par contre entre versus vs with against".split())

# Words that end a firm's name: "Dupont Informatique".
BUSINESS_WORDS = frozenset(
    """
    informatique services service conseil conseils solutions solution technologies technologie
    consulting infogerance systemes systeme systems group groupe reseaux reseau maintenance
    bureautique numerique digital depannage telecom telecoms assistance ingenierie industrie
    industries multiservices multimedia electronique info infos tech associes partners network
    networks software micro data cloud hosting
    """.split()
)

# What the law, the contract and the field call by a capital. None of these begins a name.
NEVER_FIRST = frozenset(
    """
    pentecote ascension chandeleur valentin black friday vitale secu dieu god papa maman mamie
    montage a ai alors apres au aucun aucune aujourd aussi autre aux avant avec c ca car ce cela
    celle celui ces cet cette ceux chacun chaque chez ci comme comment contre d dans de depuis des
    deux donc du elle elles en encore enfin ensuite entre est et etre eux faut il ils je jusqu l
    la le les leur leurs lors lorsque lui ma mais me meme mes mon n ne ni nos notre nous on ou par
    parce pas pendant peut plus pour pourquoi puis qu quand que quel quelle quelles quels qui quoi
    s sa sans se selon ses si son sont sous sur ta te tes toi ton tous tout toute toutes tu un une
    vers vos votre vous y voici voila merci bonjour bonsoir cordialement the and or if is are was
    our we they their this that these those who what which when where why how can could may must
    should shall will would do does did my your his her its an as at by for from in into of to
    under with without against not no yes i you he she it monsieur madame mademoiselle messieurs
    mesdames maitre mr mme mlle m mm dr client cliente clients prestataire prestataires contrat
    contrats partie parties fournisseur bailleur locataire loueur annexe annexes avenant clause
    clauses article articles art services service utilisateur utilisateurs editeur hebergeur
    mainteneur site sites parc referent redevance incident incidents intervention interventions
    fiche delai demande demandes donnees logiciel logiciels materiel materiels sauvegarde
    sauvegardes teleassistance technicien devis facture reversibilite infogerance maintenance
    conditions particulieres generales prestation prestations customer provider supplier party
    contract agreement appendix schedule code cour cours tribunal tribunaux conseil chambre loi
    lois decret ordonnance arret arrete directive reglement traite constitution convention juge
    juges president premier premiere ministre procureur greffe greffier etat republique assemblee
    senat parlement commission autorite union europe ministere prefecture prefet mairie maire
    departement region commune commissaire huissier notaire urssaf insee legifrance bulletin
    journal bodacc infogreffe kbis com civ soc crim cass ch al ext req internet web wifi lettre
    recommande courriel mail email sms lundi mardi mercredi jeudi vendredi samedi dimanche janvier
    fevrier mars avril mai juin juillet aout septembre octobre novembre decembre noel paques
    toussaint monday tuesday wednesday thursday saturday sunday january february march april june
    july august september october november december french english francais anglais german belgian
    british irish italian spanish european act tell teach draft make generate convert found bought
    ceci lesquels lesquelles franchement grace attention espace journees pairs description
    contournement prerequis conformement lorsqu particularites
    """.split()
)
ROLE_WORDS = PERSON_ROLES | FIRM_ROLES  # they end a name: "M. Dupont Gérant"

PLACES = frozenset(
    """
    auxerre mans havre metropole california saint sainte france brittany highlands vosges paris
    lyon marseille lille nantes bordeaux rennes strasbourg toulouse nice montpellier versailles
    nanterre bobigny creteil evry pontoise douai amiens rouen caen angers orleans tours poitiers
    limoges bourges riom dijon besancon colmar metz nancy reims grenoble chambery nimes aix bastia
    ajaccio pau agen toulon annecy brest roubaix dunkerque laval vienne villeurbanne perpignan
    quimper bayonne beziers vesoul tarbes vierzon sete dax arras aubusson villejuif annemasse
    calais nazaire brieuc malo gueret cahors vannes lens thiers melun valence cholet royan
    biarritz hyeres cancale mulhouse avignon rungis troyes belfort epinal lorient saint-etienne
    lot rhone alpes ouest savoie aude ardeche creuse cantal gers vendee finistere correze sarthe
    mayotte moselle dordogne landes jura aveyron bretagne anjou provence normandie occitanie
    aquitaine picardie alsace lorraine corse cevennes ile-de-france nord sud est guadeloupe
    martinique guyane reunion polynesie caledonie belgique belgium luxembourg suisse swiss
    switzerland allemagne germany espagne spain italie italy portugal irlande ireland angleterre
    england royaume kingdom ecosse pays-bas netherlands danemark suede norvege finlande pologne
    roumanie grece turquie russie ukraine autriche hongrie malte andorre monaco delaware texas
    californie nevada ohio floride etats unis usa york washington boston chicago seattle houston
    francisco vegas canada quebec montreal sherbrooke bresil brazil mexique argentine maroc
    morocco tunisie algerie senegal cameroun ivoire gabon mali madagascar maurice dakar tunis sfax
    casablanca rabat marrakech alger beyrouth israel dubai inde india chine china japon japan
    tokyo singapour hong kong shanghai delhi manille thailande bali vietnam australie asie asia
    afrique africa europe amerique oceanie londres london dublin bruxelles bruges liege charleroi
    namur tournai mouscron ixelles geneve lausanne neuchatel fribourg zurich vaud berlin stuttgart
    kehl sarre brisgau rome milan barcelone madrid lisbonne prague budapest rotterdam amsterdam
    manchester leeds bristol jersey sicile sardaigne canaries nepal mongolie mozambique
    """.split()
)

# Public brands and the nicknames of decisions: a model needs them, and they name no user.
KEPT = frozenset(
    """
    microsoft windows office outlook excel word powerpoint teams exchange sharepoint onedrive
    azure sql server google gmail chrome workspace drive meet gemini android apple mac macbook
    macos iphone ipad icloud amazon aws oracle java sap salesforce adobe acrobat photoshop autocad
    autodesk linux ubuntu debian python postgresql mysql mongodb docker kubernetes wordpress
    prestashop joomla drupal shopify magento php docusign yousign universign teamviewer anydesk
    splashtop chatgpt openai copilot mistral llama anthropic whatsapp facebook instagram linkedin
    twitter youtube slack zoom skype dropbox veeam acronis synology qnap vmware citrix hyper
    nakivo kaspersky eset norton bitdefender sophos fortinet cisco ubiquiti dell hp lenovo asus
    acer ibm intel amd nvidia canon epson brother xerox ricoh kyocera konica minolta toshiba
    samsung lexmark sage ebp cegid ciel quickbooks pennylane odoo glpi ovh ovhcloud ionos scaleway
    gandi hetzner orange sfr bouygues free completel stripe paypal uber airbnb leboncoin fnac
    chorus docaposte microsoft365 m365 o365 wifi syntec faurecia chronopost extand perruche sapin
    pinel chatel hamon macron toubon lagarde godfrain locam grenke capgemini sopra office365
    powershell devops store directory active defender entra edge sheets analytics bitlocker
    hyper-v laserjet optiplex poweredge thinkpad proxmox nagios zabbix centreon grafana prometheus
    ansible terraform jenkins gitlab github git react angular flutter django tomcat kafka rabbitmq
    wireguard ipsec openvpn fortigate pfsense wireshark cloudflare letsencrypt encrypt dashlane
    bitwarden keepass lastpass mcafee avast firefox safari chromebook raspberry fedora mint
    realtek nvme wix mailchimp zapier brevo sendinblue hubspot netflix twitch tiktok pinterest
    nintendo visa mastercard enedis engie edf norauto darty cdiscount etsy doctolib booking hertz
    deliveroo ariba revit archicad canva indeed secnumcloud afnic opco covid brexit saas iaas paas
    voip wi-fi bluetooth javascript typescript nokia thales ingenico yealink hikvision reolink
    livebox freebox bbox wanadoo sosh lockbit log4j usedsoft sacem
    """.split()
)
# After these a capitalised name is that of a text, a decision or a product.
BEFORE_KEPT = frozenset(
    """
    ile iles lac rue arret arrets jurisprudence affaire loi lois amendement ordonnance directive
    code reforme rapport indice norme logiciel version licence licences label marque saint sainte
    """.split()
)
# Acronyms of the law and of the trade.
ACRONYMS = frozenset(
    """
    hs copil cotech codir comex dgccrf direccte dreets cnam msa crous syreli mbit gbit tvs nas it
    esn pc pcs ml rgpd ca cgv sla tva sms cnil idcc gtr pdf pme nis ia gti dora vpn tpe msp cpc
    ape ue usb ip cga rg tma rc ii iii iv urssaf erp tic rto hds cpi rpo dsi sav gdpr ai lrar ccag
    naf cdi cdd ecli byod rh ok rib cv co fr ccass mfa siret siren eu vat sql ehpad pv pra pca ttc
    ht iso nda dpa dpo ccn cse bce ssii drh mco rmm sim cms loa lld bts anssi cpam us gps cgi
    ohada cp deee etam raid crm ag ce vrp vtc caf csv ram cfe smic jorf fai isp lan edr tae insee
    tupe si eti btp pdg vabf vsr itil rdp po eee tjm mttr mtbf otp cpf cm gpt sncf rsa inpi id hp
    hdmi dns aws php vba tpm bios pacs hlm acpr is doc ti adsl kpi xp eol cmdb cjue eur cress fmi
    ibm cr html css xml json api url http https ssh ftp smtp imap pop ad gpo vm vdi siem soc sso
    mdm uml pmo moa moe ami dce ccap cctp bpu dpgf rar ar sepa kbis ssd hdd cpu gpu cto ceo cfo
    daf raf rssi dg rqth nb ps eirl gmao ged sirh bi ci cd qos wan wlan lte fttt ftth ttf psti
    pdca raci bdc bl bal
    """.split()
)
COURTS = frozenset(
    "tribunal tribunaux cour ca tj tae tgi tcom cph prud judiciaire greffe barreau".split()
)
CLOSINGS = frozenset(
    """
    cordialement salutations sincerement cdt cdlt bien bonne journee regards sincerely thanks
    respectueusement amicalement avance
    """.split()
)
