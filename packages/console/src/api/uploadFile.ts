import type { UploadedFile } from '@relais/contract';
import { ApiError } from './apiError.ts';
import { chosenDatabase } from './chosenDatabase.ts';

/**
 * Sends a file to the server, to be imported: its bytes, as they are. `onProgress` hears the share
 * that was sent, from 0 to 1. Throws an ApiError when it is refused, or when there is no answer.
 */
export function uploadFile(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedFile> {
  const query = new URLSearchParams({ name: file.name });
  if (chosenDatabase !== undefined) query.set('database', chosenDatabase);
  // fetch does not tell how much was sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const read: unknown = request.response;
      if (request.status === 200 && read !== null) resolve(read as UploadedFile);
      else reject(refusalOf(request));
    };
    request.onerror = () => reject(new ApiError({ status: 0, code: 'no_answer' }));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.open('PUT', `/operator/v1/files?${query}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.send(file);
  });
}

function refusalOf(request: XMLHttpRequest): ApiError {
  const body: unknown = request.response;
  const isTold = typeof body === 'object' && body !== null && 'error' in body;
  return new ApiError({
    status: request.status,
    code: request.getResponseHeader('Error-Code') ?? 'no_answer',
    ...(isTold && typeof body.error === 'string' && { message: body.error }),
    requestId: request.getResponseHeader('Request-Id') ?? undefined,
  });
}
