import { Refusal } from '../../refusal.ts';
import { isPassword } from '../../staff/password.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { findPersonByEmail, lockPerson, type Person } from '../../store/staff.ts';
import type { OperatorHandler, PublicCall } from '../operatorCall.ts';
import { startSession } from '../staff/startSession.ts';

export const signIn: OperatorHandler<'signIn'> = async (call, { email, password }) => {
  const { catalog } = call.context.databases;
  const right = await call.guess('password', email);
  const person = await findPersonByEmail(catalog, email);
  // Compared even where there is nobody, or nobody who may: it takes the same time.
  const same = await isPassword(password, person?.password_hash ?? null);
  if (!person || !same || person.disabled) throw await refused(call, person, same);

  const session = await catalog.transaction().execute(async (trx) => {
    const now = await lockPerson(trx, person.id);
    // Disabled, or given another password, between the comparison and the lock.
    if (!now || now.disabled || now.password_hash !== person.password_hash) return undefined;
    return startSession(trx, call, now, 'password');
  });
  if (!session) throw await refused(call, person, same);
  await right();
  call.startSession(session.token, session.seconds);
  return { second_factor: !session.complete };
};

/** One answer for everybody; only the audit tells a known person's failures, and why. */
async function refused(
  { context, address }: PublicCall,
  person: Person | undefined,
  same: boolean,
): Promise<Refusal> {
  if (person) {
    await writeCatalogAudit(context.databases.catalog, {
      actor: 'anyone',
      act: 'session.refuse',
      target: `staff:${person.id}`,
      detail: { because: same ? 'disabled' : 'password', address },
    });
  }
  return new Refusal('wrong_credentials', 'The e-mail address or the password is wrong.');
}
