import type { LeadDraft } from '../../../src/intake/leadDraft.ts';
import type { MetaSource, MetaStore } from '../../../src/intake/meta/metaStore.ts';

/**
 * The worker's store in memory, for one source or several that share it. What the real one promises
 * is tested at the front door; this one is here to see what the worker asks of it.
 */
export interface MemoryStore extends MetaStore {
  readonly leads: Map<string, LeadDraft>;
  /** By leadgen id; `due` is in milliseconds. */
  readonly notices: Map<string, Notice>;
  /** The ids of leads that were given up. */
  readonly quarantine: Set<string>;
  readonly forms: Map<string, Form>;
  /** The ids of leads that can not be stored. */
  readonly broken: Set<string>;
  tell(leadgenId: string, source?: MetaSource): void;
}

interface Notice {
  readonly nom: string;
  readonly receivedAt: Date;
  attempts: number;
  due: number;
  problem?: string;
}

interface Form {
  watermark?: Date | undefined;
  due: number;
  problem?: string;
}

export function memoryStore(sources: readonly MetaSource[], now: () => number): MemoryStore {
  const leads = new Map<string, LeadDraft>();
  const notices = new Map<string, Notice>();
  const quarantine = new Set<string>();
  const forms = new Map<string, Form>();
  const broken = new Set<string>();
  return {
    leads,
    notices,
    quarantine,
    forms,
    broken,
    tell(leadgenId, source = sources[0]) {
      const receivedAt = new Date(now());
      notices.set(leadgenId, { nom: source?.nom ?? '', receivedAt, attempts: 0, due: now() });
    },
    async sources() {
      return sources;
    },
    async takeDue({ nom }, most, leaseSeconds) {
      const due = [...notices].filter(([, notice]) => notice.nom === nom && notice.due <= now());
      return due.slice(0, most).map(([leadgenId, notice]) => {
        notice.due = now() + leaseSeconds * 1000;
        const { attempts, receivedAt } = notice;
        return { leadgenId, attempts, receivedAt };
      });
    },
    async admit(_source, draft) {
      const id = draft.externalId ?? '';
      if (broken.has(id)) throw new Error(`jean@email.com of ${id} can not be stored`);
      leads.set(id, draft);
      notices.delete(id);
    },
    async postpone(_source, leadgenId, seconds, problem) {
      const notice = notices.get(leadgenId);
      if (!notice) return;
      notice.attempts += 1;
      notice.due = now() + seconds * 1000;
      notice.problem = problem;
    },
    async giveUp(_source, leadgenId) {
      notices.delete(leadgenId);
      quarantine.add(leadgenId);
    },
    async takeForms(source, leaseSeconds) {
      return source.forms.flatMap((formId) => {
        const form = forms.get(formId) ?? { due: 0 };
        forms.set(formId, form);
        if (form.due > now()) return [];
        form.due = now() + leaseSeconds * 1000;
        return [{ formId, watermark: form.watermark }];
      });
    },
    async formRead(_source, formId, watermark, nextInSeconds) {
      forms.set(formId, { watermark, due: now() + nextInSeconds * 1000 });
    },
    async formFailed(_source, formId, problem, nextInSeconds) {
      const { watermark } = forms.get(formId) ?? {};
      forms.set(formId, { watermark, due: now() + nextInSeconds * 1000, problem });
    },
  };
}
