import { rotateToken } from '../../changes/sources.ts';
import { invalidParameter } from '../../refusal.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { sourceOf } from '../sourceOf.ts';

export const rotateSourceToken: OperatorHandler<'rotateSourceToken'> = async (
  { database, actor },
  { nom, overlapHours },
) => {
  const source = await sourceOf(database, nom);
  if (source.channel === 'file') {
    throw invalidParameter('nom', 'is a source of files, which has no token');
  }
  return { nom, token: await rotateToken(database, source, overlapHours, actor) };
};
