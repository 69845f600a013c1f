/** What a browser shows after its form was taken, where the source names no page of its own. */
export const THANKS = `<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Merci</title>
<h1>Merci</h1>
<p>Votre demande a bien été reçue.</p>
<p lang="en">Thank you. Your request was received.</p>
</html>
`;

export const THANKS_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};
