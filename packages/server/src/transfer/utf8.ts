import { LoadError, type Place } from './loadError.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text in these bytes of the file; `place` is told when they are not UTF-8. */
export function decodeUtf8(bytes: Buffer, place: Place): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new LoadError(place, 'this is not UTF-8.');
  }
}
