import { z } from 'zod';

/** The largest file that the console takes: `PUT /operator/v1/files?name=<name>`, its bytes as body. */
export const MOST_FILE_BYTES = 100 * 1024 ** 2;

/** How long a file is kept that was uploaded or made by a job, in hours. */
export const FILE_HOURS = 7 * 24;

export const fileId = () => z.uuid('must be the id of a file');

/** What an upload answers with. */
export const uploadedFile = z
  .object({
    file_id: z.uuid().describe('Names the file in operations.'),
    nom: z.string().describe('Its name.'),
    bytes: z.int().min(0).describe('Its size.'),
  })
  .meta({ id: 'UploadedFile' });

export type UploadedFile = z.infer<typeof uploadedFile>;

/** A file that a job has made: `GET /operator/v1/files/<file_id>` downloads it. */
export const madeFile = uploadedFile
  .extend({
    expires_at: z.iso.datetime({ precision: 3 }).describe('Until when it can be downloaded.'),
  })
  .meta({ id: 'MadeFile' });

export const exampleMadeFile: z.infer<typeof madeFile> = {
  file_id: '0c9d3a52-6f0e-4f55-9a3b-2f1f6f4b8f10',
  nom: 'contacts-2026-11-23.csv',
  bytes: 48_210,
  expires_at: '2026-11-30T09:00:00.000Z',
};
