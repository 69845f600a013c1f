import type { DueForm } from '../../store/metaForms.ts';
import type { DueNotice } from '../../store/metaNotices.ts';
import type { LeadDraft } from '../leadDraft.ts';

/** A source of channel meta, with its secrets opened. */
export interface MetaSource {
  readonly id: number;
  /** One in the whole installation. */
  readonly nom: string;
  readonly appSecret: string;
  readonly accessToken: string;
  /** The ids of the forms that are read on a schedule. */
  readonly forms: readonly string[];
}

/** What the worker needs of the store. A problem is a short text without personal data. */
export interface MetaStore {
  /** The sources that are not paused. */
  sources(): Promise<readonly MetaSource[]>;
  /** Takes up to `most` notices that are due; each is due again after `leaseSeconds` unless it is settled. */
  takeDue(source: MetaSource, most: number, leaseSeconds: number): Promise<readonly DueNotice[]>;
  /** Stores a lead through the one routine and forgets its notice, in one transaction. Idempotent by `externalId`. */
  admit(source: MetaSource, draft: LeadDraft): Promise<void>;
  /** Notes a failed attempt; due again after `seconds`. */
  postpone(source: MetaSource, leadgenId: string, seconds: number, problem: string): Promise<void>;
  /** Gives up on a notice: the lead goes to quarantine as not_fetched, with what the notice told. */
  giveUp(source: MetaSource, leadgenId: string): Promise<void>;
  /** Takes the forms whose next read is due, each for one process alone until `leaseSeconds` have passed. */
  takeForms(source: MetaSource, leaseSeconds: number): Promise<readonly DueForm[]>;
  /** Notes a finished read: everything up to `watermark` is stored. Never moves it back. */
  formRead(
    source: MetaSource,
    formId: string,
    watermark: Date | undefined,
    nextInSeconds: number,
  ): Promise<void>;
  formFailed(
    source: MetaSource,
    formId: string,
    problem: string,
    nextInSeconds: number,
  ): Promise<void>;
}
