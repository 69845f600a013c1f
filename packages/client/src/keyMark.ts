/** What tells one API key from others, and opens nothing. */
export async function keyMark(apiKey: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(apiKey));
  const bytes = [...new Uint8Array(hash).subarray(0, 8)];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
