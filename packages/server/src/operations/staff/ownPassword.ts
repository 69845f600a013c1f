import { invalidParameter } from '../../refusal.ts';
import { isPassword } from '../../staff/password.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { findPerson, type Person } from '../../store/staff.ts';
import type { StaffCall } from '../operatorCall.ts';

/**
 * Refuses unless this is the password of the person who is signed in: whoever sits down at an open
 * console can't change how it is entered. A wrong one counts as a guess and goes into the audit.
 * Gives the person as it was compared.
 */
export async function assertOwnPassword(
  call: StaffCall,
  field: string,
  password: string,
): Promise<Person> {
  const { catalog } = call.context.databases;
  const right = await call.guess('password', call.staff.email);
  const person = await findPerson(catalog, call.staff.id);
  if (!person || !(await isPassword(password, person.password_hash))) {
    await writeCatalogAudit(catalog, {
      actor: call.actor,
      act: 'password.refuse',
      target: call.actor,
      detail: { address: call.address },
    });
    throw invalidParameter(field, 'is not your password');
  }
  await right();
  return person;
}
