import { writeAudit } from '../store/audit.ts';
import type { DatabaseCall } from './operatorCall.ts';

/**
 * Notes in the audit that an answer shows what leads say. A lead that waits has no prospect yet, so
 * `call.saw` can't name its person.
 */
export async function sawLeads(
  { database, actor }: DatabaseCall,
  operation: string,
  leads: readonly number[],
): Promise<void> {
  if (leads.length === 0) return;
  const target = `operation:${operation}`;
  await writeAudit(database.db, { actor, act: 'person.read', target, detail: { leads } });
}
