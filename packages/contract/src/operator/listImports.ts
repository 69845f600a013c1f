import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleImport, listedImport } from './listedImport.ts';
import { page, paging } from './paging.ts';

export const listImports = operatorOperation({
  name: 'listImports',
  title: 'Imports',
  description: 'Files that were imported, newest first, with what became of their rows.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ ...paging }),
  response: page(listedImport),
  errors: [],
  example: {
    request: {},
    response: { items: [exampleImport], next: null, total: 1, more: false },
  },
});
