const types: Readonly<Record<string, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The headers of a download: its name as RFC 6266 and RFC 8187 write it, and nothing to be run. */
export function attachmentHeaders(nom: string, bytes: number): Record<string, string> {
  const plain = nom.normalize('NFKD').replace(/\p{M}/gu, '');
  const ascii = plain.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(nom).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`,
    'Content-Type': types[nom.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    'Content-Length': String(bytes),
    'X-Content-Type-Options': 'nosniff',
  };
}
