/** A region that your key opens. */
export interface Region {
  readonly id: number;
  readonly nom: string;
}

/** A real estate programme of one of your regions. */
export interface Programme {
  readonly id: number;
  readonly idRegion: number;
  readonly nom: string;
}

/**
 * One enquiry of one person about one programme. What is unknown is null; times are ISO 8601 in UTC
 * with milliseconds.
 */
export interface Contact {
  /** Identifies the contact. Keep it: the same id is the same contact. */
  readonly action_id: number;
  readonly prospect_id: number;
  readonly programme_id: number;
  readonly prospect_nom: string | null;
  readonly prospect_prenom: string | null;
  /** E.164 where it could be read. */
  readonly prospect_telephone: string | null;
  readonly prospect_email: string | null;
  readonly programme_nom: string;
  readonly region_nom: string;
  readonly origine_designation: string | null;
  readonly type_contact_designation: string | null;
  readonly type_action_designation: string | null;
  readonly action_date: string;
  readonly action_commentaire: string | null;
  readonly statut_id: number;
  readonly statut_designation: string;
  readonly ready_at: string;
  readonly pulled_at: string | null;
  /** A UUID; null before the pull, and of what an older system handed out. */
  readonly pull_id: string | null;
  readonly prospect_civilite: string | null;
  readonly prospect_adresse: string | null;
  readonly prospect_code_postal: string | null;
  readonly prospect_ville: string | null;
  readonly prospect_pays: string | null;
  readonly programme_ville: string | null;
  readonly region_id: number;
  readonly origine_id: number | null;
  readonly type_contact_id: number | null;
  readonly type_action_id: number | null;
  readonly source_reference: string | null;
  readonly utm_source: string | null;
  readonly utm_medium: string | null;
  readonly utm_campaign: string | null;
  readonly utm_term: string | null;
  readonly utm_content: string | null;
  readonly gclid: string | null;
  readonly fbclid: string | null;
}

/** What a sandbox does wrong on request. Only test keys may ask for it. */
export type Scenario =
  | 'lost_response'
  | 'slow'
  | 'rate_limited'
  | 'server_error_once'
  | 'big_batch'
  | 'hostile_text';

/** What any operation takes: nothing but what a test key has go wrong. */
export interface RegionParameters {
  /** With a test key: what shall go wrong. */
  readonly scenario?: Scenario | undefined;
}

/** Whose programmes. */
export interface ProgrammeParameters extends RegionParameters {
  /** Only these regions, each one of the key. */
  readonly regionIds?: readonly number[] | undefined;
}

/** Which contacts. */
export interface Filter extends ProgrammeParameters {
  /** Only these programmes, each in a region of the key. */
  readonly programmeIds?: readonly number[] | undefined;
}

/** Which contacts that are ready, a page at a time. */
export interface ReadParameters extends Filter {
  /** From 1 to 200; 200 when left out. */
  readonly limit?: number | undefined;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
}

/** Which contacts a pull takes, and how many. */
export interface PullParameters extends Filter {
  /** From 1 to 200; 200 when left out. */
  readonly limit?: number | undefined;
}

/** Which contacts that you have pulled, a page at a time. */
export interface PulledParameters extends Filter {
  /** From 1 to 500; 500 when left out. */
  readonly limit?: number | undefined;
  /** The `next` of the page before. */
  readonly cursor?: string | undefined;
  /** ISO 8601: only what was pulled at this time or later. */
  readonly since?: string | undefined;
  /** Only what this pull handed out: its `id`, a UUID. */
  readonly pullId?: string | undefined;
}

/** A page of contacts. */
export interface Page {
  readonly contacts: readonly Contact[];
  /** The `cursor` that asks for what follows; undefined at the end. */
  readonly next: string | undefined;
}

/** A page of contacts that you have pulled. */
export interface PulledPage extends Page {
  /** The ids of pulls of yours whose answer may not have reached you, newest first. */
  readonly uncertainPulls: readonly string[];
}

/** The contacts that one pull handed to you, in order. */
export interface Pull {
  readonly contacts: readonly Contact[];
  /** For getPullBatch and releasePull; undefined when nothing was pulled. */
  readonly id: string | undefined;
  /** Its number among all pulls of the client. */
  readonly seq: number | undefined;
  /** How many contacts are still ready, counted up to 1000; undefined when the server tells none. */
  readonly remaining: number | undefined;
  /** How many contacts of a repeated pull are left out since. */
  readonly withheld: number;
  /** True when it repeats what was pulled before under the same idempotency key. */
  readonly replayed: boolean;
  /** What the pull can be repeated with, for 30 days. */
  readonly idempotencyKey: string | undefined;
}

/** What a released pull has become. */
export interface Release {
  readonly pull_id: string;
  /** ISO 8601 in UTC. */
  readonly released_at: string;
  /** How many contacts are ready again. */
  readonly released: number;
  /** How many stay, because they were acted on since. */
  readonly kept: number;
}
