/** What the server says of a file, an import or a job, in French: see serverSaid. */
export const fileSaid: Readonly<Record<string, string>> = {
  // What cannot be read.
  'Line *: *': 'Ligne $1 : &2',
  'The file is empty': 'Le fichier est vide.',
  'The file did not arrive whole': 'Le fichier n’est pas arrivé entier : envoyez-le à nouveau.',
  'The file is larger than *': 'Le fichier dépasse $1.',
  'must be the name of a file, of 1 to 200 characters':
    'Le nom du fichier doit avoir de 1 à 200 caractères.',
  'The file has no row of data': 'Le fichier n’a aucune ligne de données.',
  'The file holds no row': 'Le fichier n’a aucune ligne.',
  'must be the name of a sheet': 'Il faut le nom d’une feuille.',
  'must be one character': 'Il faut un seul caractère.',
  'must be a list of up to 500 columns, each with its title and use':
    'Il faut 500 colonnes au plus.',
  'An XLSX file has neither a separator nor an encoding to be told':
    'Un fichier XLSX n’a ni séparateur ni encodage.',
  'This is a CSV file: it has no sheets to choose from': 'Un fichier CSV n’a pas de feuilles.',
  'This is an old Excel file (.xls) or one with a password; save it as .xlsx without password':
    'C’est un ancien fichier Excel (.xls) ou un fichier protégé : enregistrez-le en .xlsx, sans mot de passe.',
  'This is a PDF; leads are read from CSV and XLSX':
    'C’est un PDF : il faut un fichier CSV ou XLSX.',
  'This is a text document; leads are read from CSV and XLSX':
    'C’est un document texte : il faut un fichier CSV ou XLSX.',
  'This file is compressed (*); unpack it first':
    'Ce fichier est compressé ($1) : décompressez-le d’abord.',
  'This is a web page or XML under the name of a table; open it in Excel and save it as .xlsx':
    'C’est une page web ou du XML : ouvrez-le dans Excel et enregistrez-le en .xlsx.',
  'The file has no column "*"': 'Le fichier n’a pas de colonne « $1 ».',
  'The separator is one character, such as ; or , and no quote':
    'Le séparateur est un seul caractère, comme ; ou , et pas un guillemet.',
  'this or a line soon after is not *': 'cette ligne, ou une peu après, n’est pas en $1.',
  'this line is longer than 1 MiB': 'cette ligne dépasse 1 Mio.',
  'That encoding is not known; try utf-8, windows-1252, utf-16le or macintosh':
    'Cet encodage n’est pas connu : essayez utf-8, windows-1252, utf-16le ou macintosh.',
  'This is no text; leads are read from CSV and XLSX':
    'Ce n’est pas du texte : il faut un fichier CSV ou XLSX.',
  'this is not UTF-8, which the file is until here; repair it, or name the encoding':
    'ce n’est plus de l’UTF-8, comme le reste du fichier : réparez-la, ou choisissez l’encodage.',
  'this is neither UTF-8 nor Windows-1252; save the file as "CSV UTF-8", or name its encoding, such as macintosh':
    'ce n’est ni de l’UTF-8 ni du Windows-1252 : enregistrez le fichier en « CSV UTF-8 », ou choisissez l’encodage, macintosh par exemple.',
  'a quote (") is opened in this row and never closed':
    'un guillemet (") est ouvert dans cette ligne et jamais fermé.',
  'this row is longer than 1 MiB; is a quote (") left open?':
    'cette ligne dépasse 1 Mio : un guillemet (") est-il resté ouvert ?',
  'this row has more than * columns': 'cette ligne a plus de $1 colonnes.',
  'The rows of the sheet are not numbered in rising order, from 1 to 1,048,576 at the most; save it anew, or as CSV':
    'Les lignes de la feuille ne sont pas numérotées dans l’ordre : enregistrez le fichier à nouveau, ou en CSV.',
  'this row is longer than 1 MiB': 'cette ligne dépasse 1 Mio.',
  'this row is not CSV': 'cette ligne n’est pas du CSV.',
  'this row has a cell in no column of Excel':
    'cette ligne a une cellule hors des colonnes d’Excel.',
  'a text of this row is missing': 'il manque un texte de cette ligne.',
  'The sheet has more than 100,000 merged cells; save it as CSV':
    'La feuille a plus de 100 000 cellules fusionnées : enregistrez-la en CSV.',
  'The file holds more than 256 MiB of text; save it as CSV':
    'Le fichier contient plus de 256 Mio de texte : enregistrez-le en CSV.',
  'The file has no sheet of cells': 'Le fichier n’a aucune feuille de cellules.',
  'The file has no sheet of that name; it has: *':
    'Le fichier n’a pas de feuille de ce nom ; il a : $1.',
  'This is a binary Excel file (.xlsb); save it as .xlsx':
    'C’est un fichier Excel binaire (.xlsb) : enregistrez-le en .xlsx.',
  'This is an OpenDocument file (such as .ods); save it as .xlsx or CSV':
    'C’est un fichier OpenDocument (comme .ods) : enregistrez-le en .xlsx ou en CSV.',
  'This is a zip file, but no XLSX file; leads are read from CSV and XLSX':
    'C’est une archive zip, pas un fichier XLSX : il faut un fichier CSV ou XLSX.',
  'The file is damaged: a part of it is not XML': 'Le fichier est abîmé.',
  'The file is damaged or incomplete': 'Le fichier est abîmé ou incomplet.',
  'The file is incomplete: a part is missing': 'Le fichier est incomplet.',
  'This is no XLSX file': 'Ce n’est pas un fichier XLSX.',
  'The file has a password; save it without one':
    'Le fichier est protégé : enregistrez-le sans mot de passe.',
  'The file unpacks to too much; save it as CSV':
    'Le fichier est trop grand une fois décompressé : enregistrez-le en CSV.',
  // Imports and jobs.
  'no column is a telephone or an e-mail address: say which one is':
    'Aucune colonne n’est un téléphone ni une adresse e-mail : dites laquelle l’est.',
  'No column is a telephone or an e-mail address: *':
    'Aucune colonne n’est un téléphone ni une adresse e-mail : dites laquelle l’est.',
  'This file was imported into "*" before, at * (import *): take that back to import it anew':
    'Ce fichier a déjà été importé dans la source « $1 » (import n° $3) : défaites d’abord cet import.',
  'This file was begun at * (import *) with other meanings of its columns: take them again, or take that import back':
    'L’import n° $2 de ce fichier a été commencé avec d’autres sens des colonnes : reprenez-les, ou défaites cet import.',
  'Import * is being taken back, or just ending':
    'L’import n° $1 est en train d’être défait, ou se termine.',
  'Import * was taken back before': 'L’import n° $1 a déjà été défait.',
  'A job works on import *: cancel it first, or wait':
    'Un traitement travaille sur l’import n° $1 : arrêtez-le d’abord, ou attendez.',
  'Something failed on our side: job *':
    'Une erreur s’est produite de notre côté (traitement n° $1).',
  'It was broken off * times at the same place': 'Interrompu $1 fois au même endroit.',
  'It is too much for an XLSX file: narrow the search, or take CSV':
    'C’est trop pour un fichier XLSX : précisez la recherche, ou prenez le CSV.',
  'An earlier version of the program was asked for this: ask anew':
    'Demandé avec une ancienne version de Relais : demandez-le à nouveau.',
  'Import * is under way elsewhere, or was undone: *':
    'L’import n° $1 est en cours ailleurs, ou a été défait.',
  'Import * of this file was broken off, *':
    'L’import n° $1 de ce fichier a été commencé avec d’autres sens des colonnes : reprenez-les, ou défaites cet import.',
  'The import is gone': 'L’import n’existe plus.',
  'The file is kept no longer: upload it again':
    'Le fichier n’est plus gardé : envoyez-le à nouveau.',
  'The statut was deleted meanwhile': 'Le statut a été supprimé entre-temps.',
};
