import type { LoadDocument } from '@relais/contract';
import { publishedCrm, QUALIFY, READY } from '../../../server/test/support/crm.ts';

/** Text that tries to be more than text, and to break a layout. */
export const HOSTILE = `=HYPERLINK("http://x") <img src=x onerror=alert(1)> \u202Eesrever 🏠 ${'é'.repeat(220)}`;

/** The data of the published page with a few more people: two to qualify, and a hostile one. */
export function peopleCrm(): LoadDocument {
  const { prospects = [], actions = [], ...rest } = publishedCrm();
  const toQualify = { idProgramme: 145, idStatut: QUALIFY };
  return {
    ...rest,
    prospects: [
      ...prospects,
      { id: 5003, nom: 'Lefèvre', prenom: 'Cœlia', email: 'coelia@example.com' },
      { id: 5004, nom: 'Nguyễn', prenom: 'Loïc', telephone: '+33655443322' },
      { id: 5005, nom: HOSTILE, prenom: '@SUM(A1)', email: 'hostile@example.com' },
    ],
    actions: [
      ...actions,
      { id: 2001, idProspect: 5003, ...toQualify, created_at: '2026-11-20T08:00:00Z' },
      { id: 2002, idProspect: 5004, ...toQualify, created_at: '2026-11-20T09:00:00Z' },
      {
        ...{ id: 2003, idProspect: 5005, idProgramme: 145, idStatut: READY },
        ...{ commentaire: HOSTILE, created_at: '2026-11-20T10:00:00Z' },
      },
    ],
  };
}
