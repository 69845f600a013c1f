/** Lets <style> elements of this page apply under the server's Content-Security-Policy. */
export const styleNonce =
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
