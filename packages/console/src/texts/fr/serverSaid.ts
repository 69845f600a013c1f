/**
 * The server's English sentences in French, without their last full stop. `*` stands for what
 * differs from time to time: the French has it as `$1`, `$2`, or as `&1` when it is in this table
 * as well. The first that fits is told: what is longer stands before what is shorter. A test finds
 * a sentence of the server that is missing here.
 */
export const serverSaid: Readonly<Record<string, string>> = {
  // Parameters, by their rule.
  'Invalid parameter "*": *': '&2',
  'is missing': 'Il manque une valeur.',
  'must be true or false': 'À dire par oui ou par non.',
  'must be an e-mail address': 'Ce n’est pas une adresse e-mail.',
  'must be a telephone number': 'Ce n’est pas un numéro de téléphone.',
  'must be a text of * to * characters': 'Il faut un texte de $1 à $2 caractères.',
  'must be a text or null': 'Il faut un texte, ou rien.',
  'must be an object of fields': 'Il faut des champs.',
  'must be a code of 6 digits': 'Il faut un code de 6 chiffres.',
  'must be a code of 6 digits, or a recovery code':
    'Il faut un code de 6 chiffres, ou un code de secours.',
  'must be the part of the link after #': 'Le lien est incomplet.',
  'must be a whole number of 1 or more': 'Il faut un nombre entier, au moins 1.',
  'must be a whole number from * to *': 'Il faut un nombre entier de $1 à $2.',
  'must be a whole number of hours from 0 to *': 'Il faut un nombre entier d’heures, de 0 à $1.',
  'must hold whole numbers': 'Il faut des nombres entiers.',
  'must hold positive numbers': 'Il faut des nombres positifs.',
  'must be a list of columns among *': 'Une des colonnes n’est pas connue.',
  'must be a list of up to 200 ids of forms, such as *':
    'Il faut des identifiants de formulaires, faits de chiffres, 200 au plus.',
  'must be a list of up to *': 'Il en faut $1 au plus.',
  'must be a list of * to * ids of keys': 'Il faut de $1 à $2 clés.',
  'must be a list of * to * ids': 'Il en faut de $1 à $2.',
  'must be a list of * to *': 'Il en faut de $1 à $2.',
  'must be a list of *': 'Une des valeurs n’est pas connue.',
  'must be a date and time such as *': 'Il faut une date et une heure, entre 1000 et 9999.',
  'must lie in the future': 'La date doit être à venir.',
  'must be the id of a *': 'Cet identifiant n’est pas complet.',
  'must be one of *': 'Ce choix n’est pas connu.',
  'must be database or installation': 'Ce choix n’est pas connu.',
  'must be newest, oldest or longest_ready': 'Ce tri n’est pas connu.',
  'must be written, uncertain or released': 'Cet état n’est pas connu.',
  'must be csv or xlsx': 'Le fichier est en CSV ou en XLSX.',
  'must hold names among *': 'Une des opérations n’est pas connue.',
  'must hold codes among *': 'Une des raisons n’est pas connue.',
  'must be the "next" of an earlier answer of this operation':
    'Cette page de la liste n’existe pas : revenez à la première.',
  'must be the Next-Cursor of an earlier answer of this operation':
    'Cette page de la liste n’existe pas : revenez à la première.',
  'must be at least 3 characters, or an id': 'Il faut au moins 3 caractères, ou un numéro.',
  'must name at least one source': 'Choisissez au moins une source.',
  'must name at most 200 sources': 'Choisissez 200 sources au plus.',
  'give it, or another filter: not all contacts at once':
    'Choisissez un filtre : pas tous les contacts à la fois.',
  'must be a list of 1 to 500 contacts, each with its id and version':
    'Il faut de 1 à 500 contacts.',
  'must name each contact once': 'Un contact est choisi deux fois.',
  'persons are in the audit of a CRM database':
    'Les contacts sont dans le journal d’une base, pas dans celui de l’installation.',
  'there is no such CRM database': 'Cette base n’existe pas.',
  // Keys and sources.
  'must hold addresses or ranges such as *': 'Une des lignes n’est ni une adresse ni une plage.',
  'must be a list of 1 to 100 entries, or null': 'Il en faut de 1 à 100.',
  'must be another statut than "readyStatutId"': 'Choisissez un autre statut.',
  'must be a statut without contacts that another client has received, or will receive':
    'Des contacts transmis à un autre client sont dans ce statut, ou y viendront : la clé les transmettrait une seconde fois.',
  'must be a statut that no key of another client pulls from':
    'La clé d’un autre client retire les contacts de ce statut : ils seraient transmis une seconde fois.',
  'The key * *: create a new one': 'La clé $1 &2 : créez-en une nouvelle.',
  'was revoked': 'est révoquée',
  'has expired': 'a expiré',
  'is gone': 'n’existe plus',
  'must hold web origins such as *':
    'Une des lignes n’est pas une origine web, comme https://www.exemple.fr.',
  'must be a list of 1 to 100 web origins, or null': 'Il faut de 1 à 100 origines web.',
  'must be an address such as *, or null':
    'Il faut une adresse web, comme https://www.exemple.fr/merci.',
  'must be 1 to 40 lower-case letters, digits, - and _, a letter first, such as site-web':
    'De 1 à 40 lettres minuscules sans accent, chiffres, - et _, une lettre d’abord.',
  'must be a list of texts and programmes': 'Il faut des textes, chacun avec son programme.',
  'must hold at most 200 texts': 'Il faut 200 textes au plus.',
  'must hold texts with letters or digits': 'Un des textes n’a ni lettre ni chiffre.',
  'must hold each text once; case, marks and signs do not count':
    'Un texte est donné deux fois : majuscules, accents et signes ne comptent pas.',
  'must hold its secrets': 'Il manque les secrets de Meta.',
  'is for sources of the channel meta alone': 'Seulement pour une source Meta.',
  'is for the channel meta alone': 'Seulement pour une source Meta.',
  'is not a source of the channel meta': 'Cette source n’est pas une source Meta.',
  'is a source of files, which has no token': 'Une source de fichiers n’a pas de jeton.',
  'At the source "*" the text "*" names the programme *: map the lead\'s own text instead':
    'Dans la source « $1 », le texte « $2 » désigne déjà le programme n° $3 : associez plutôt le texte du lead.',
  'is not its region; use moveProgramme to change that':
    'Ce n’est pas la région du programme : déplacez le programme pour la changer.',
  // Records.
  'There is no type action *': 'Introuvable : type d’action n° $1.',
  'There is no type contact *': 'Introuvable : type de contact n° $1.',
  'There is no * *': 'Introuvable : &1 $2.',
  'A * of this id does not exist': 'Un des éléments choisis n’existe plus.',
  prospect: 'personne n°',
  region: 'région n°',
  programme: 'programme n°',
  client: 'client n°',
  key: 'clé',
  source: 'source',
  lead: 'lead n°',
  pull: 'retrait',
  job: 'traitement n°',
  import: 'import n°',
  person: 'membre de l’équipe n°',
  statut: 'statut n°',
  origine: 'origine n°',
  'There is no such file, or it is kept no longer': 'Ce fichier n’est plus gardé.',
  '"*" exists already: choose another name': '« $1 » existe déjà : choisissez un autre nom.',
  'The region "*" has a programme "*": rename one of them':
    'La région « $1 » a déjà un programme « $2 » : renommez l’un des deux.',
  'The * * is used by *': 'Encore utilisé par : &3.',
  'something that came at the same time': 'ce qui vient d’arriver',
  '*, *': '&1, &2',
  '* or more': '&1 ou plus',
  '1 action': '1 demande',
  '* actions': '$1 demandes',
  '1 key': '1 clé',
  '* keys': '$1 clés',
  '1 programme': '1 programme',
  '* programmes': '$1 programmes',
  '1 source': '1 source',
  '* sources': '$1 sources',
  '1 pull': '1 retrait',
  '* pulls': '$1 retraits',
  '1 change of statut': '1 changement de statut',
  '* changes of statut': '$1 changements de statut',
  // Changes of statut.
  'It was changed meanwhile: it stands in "*" now':
    'Modifié entre-temps par quelqu’un d’autre ou par un retrait : il est maintenant en « $1 ».',
  'It was pulled by a client of an older system at *': 'Transmis par l’ancien système le $1.',
  'It stays with "*", which received it at *': 'Reste à $1, qui l’a reçu le $2.',
  'It was pulled by "*" at *: release that pull instead':
    'Transmis à $1 le $2 : annulez plutôt ce retrait.',
  'There is no such action': 'Ce contact n’existe plus.',
  // Persons and leads.
  'The job * (*) may hold this person: wait until it has ended, or cancel it':
    'Le traitement n° $1 contient peut-être cette personne : attendez sa fin, ou arrêtez-le.',
  'The prospect * was erased at *': 'Cette personne a été effacée entre-temps.',
  'A lead or somebody else changed this person at the same moment: look again':
    'Un lead ou quelqu’un d’autre vient de modifier cette personne : regardez à nouveau.',
  'Somebody else has changed this person meanwhile (*): look again':
    'Quelqu’un d’autre a modifié cette personne entre-temps : regardez à nouveau.',
  'Somebody else has changed the same field of this * meanwhile: look again':
    'Quelqu’un d’autre a changé le même champ entre-temps : voici ce qui vaut maintenant.',
  'This telephone is that of the prospect *: compare the two':
    'Ce téléphone est celui de la personne n° $1 : comparez les deux.',
  'This e-mail address is that of the prospect *: compare the two':
    'Cette adresse e-mail est celle de la personne n° $1 : comparez les deux.',
  'The lead * waits no longer: it was *': 'Le lead n° $1 n’attend plus : &2.',
  '* by *': '&1 par $2',
  accepted: 'accepté',
  merged: 'rattaché',
  discarded: 'écarté',
  undone: 'repris',
  // Staff.
  'must not be the e-mail address or the name': 'Ni l’adresse e-mail, ni le nom.',
  'must have at least * different characters': 'Il faut au moins $1 caractères différents.',
  'is known from a breach elsewhere: choose another':
    'Ce mot de passe a fuité ailleurs : choisissez-en un autre.',
  'is not your password': 'Ce n’est pas votre mot de passe.',
  'is not what the app shows now': 'Ce n’est pas le code que l’application affiche maintenant.',
  'is known already: leave it out': 'Cette adresse est déjà connue.',
  'There is somebody with this e-mail address already': 'Quelqu’un a déjà cette adresse e-mail.',
  'This person is disabled: let the person in first':
    'Cette personne est désactivée : réactivez-la d’abord.',
  'This is the only admin who can sign in: make somebody else an admin first':
    'C’est le seul administrateur qui peut se connecter : nommez-en d’abord un autre.',
  'This link was used, has expired or was replaced: ask an admin for a new one':
    'Ce lien a servi, a expiré ou a été remplacé : demandez-en un nouveau à un administrateur.',
  'You have no session *': 'Cette session est déjà fermée.',
  'Your second factor is on: turn it off first':
    'La vérification en deux étapes est déjà activée : désactivez-la d’abord.',
  'Begin with the second factor anew': 'Recommencez l’activation depuis le début.',
  'Your password was changed elsewhere just now':
    'Votre mot de passe vient d’être changé ailleurs.',
  'The e-mail address or the password is wrong': 'Adresse ou mot de passe incorrect.',
  'The code is wrong, or was used already': 'Le code est incorrect, ou a déjà servi.',
  'Give your password again': 'Redonnez votre mot de passe.',
  'Your role does not allow this': 'Votre rôle ne permet pas cette action.',
  'Only an admin cancels the job of somebody else':
    'Seul un administrateur arrête le traitement de quelqu’un d’autre.',
  // The server itself.
  'The database is away': 'La base de données ne répond pas.',
  'The database took too long': 'La base de données a mis trop de temps.',
  'The database took too long, or is restarting':
    'La base de données a mis trop de temps, ou redémarre.',
  'The database is busy': 'La base de données est occupée.',
  'The database is out of room': 'La base de données n’a plus de place.',
  'Too many requests at once': 'Trop de demandes à la fois.',
};
