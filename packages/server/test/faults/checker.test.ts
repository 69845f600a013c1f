import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Audit, AuditedAction, AuditedPull } from '../../../../faults/audit.ts';
import { check } from '../../../../faults/check/check.ts';
import { type Call, contentsOf, type Delivered, type Entry } from '../../../../faults/history.ts';
import type { Plan } from '../../../../faults/plan.ts';

const T = Date.UTC(2026, 0, 5);
const READY = 2;
const PULLED = 3;

const plan: Plan = {
  clients: [
    { nom: 'A', id: 1, regions: [30] },
    { nom: 'B', id: 2, regions: [30, 62], alone: true },
  ],
  ready: READY,
  pulled: PULLED,
  clock: [],
};

const iso = (time: number) => new Date(time).toISOString();

/** An answer with these contacts of a pull that was made at T + 5. */
const delivered = (ids: number[], change: Partial<Delivered> = {}): Delivered => ({
  pull: 'p1',
  seq: 1,
  replayed: false,
  ids,
  readyAt: ids.map((id) => iso(T - 1000 + id)),
  regions: [30],
  statuts: [PULLED],
  pulledAt: [iso(T + 5)],
  pulls: ['p1'],
  digest: `digest ${ids}`,
  contents: contentsOf(ids),
  ...change,
});

const call = (change: Partial<Call>): Call => ({
  kind: 'call',
  operation: 'pullContacts',
  from: T,
  to: T + 10,
  client: 'A',
  key: 'k',
  faults: [],
  outcome: 'ok',
  status: 200,
  ...change,
});

const pulled = (ids: number[], change: Partial<Call> = {}): Call =>
  call({ answer: delivered(ids), ...change });

const key = (name: string, keyed: boolean): Entry => ({
  ...{ kind: 'key made', key: name, client: 'A', keyed },
});

const pull = (ids: number[], change: Partial<AuditedPull> = {}): AuditedPull => ({
  id: 'p1',
  client: 1,
  key: 'k',
  seq: 1,
  pulledAt: T + 5,
  contacts: ids.length,
  idempotencyKey: null,
  ids,
  contents: contentsOf(ids),
  ...change,
});

const action = (id: number, change: Partial<AuditedAction> = {}): AuditedAction => ({
  id,
  region: 30,
  statut: PULLED,
  client: 1,
  pull: 'p1',
  pulledAt: T + 5,
  readyAt: T - 1000 + id,
  version: 2,
  ...change,
});

const audit = (change: Partial<Audit> = {}): Audit => ({
  pulls: [pull([1, 2])],
  actions: [action(1), action(2)],
  leads: [],
  idleTransactions: 0,
  ...change,
});

const lastLook = call({
  operation: 'getPulledContacts',
  last: true,
  answer: delivered([1, 2]),
});

/** The invariants that do not hold. */
const broken = (history: Entry[], held: Audit = audit(), set: Plan = plan): string[] => [
  ...new Set(check(set, history, held).violations.map(({ invariant }) => invariant)),
];

test('a history in which all is well breaks nothing', () => {
  const history = [
    key('k', true),
    call({ idempotencyKey: 'i', outcome: 'unknown' }),
    pulled([1, 2], { idempotencyKey: 'i' }),
    pulled([1, 2], { idempotencyKey: 'i', from: T + 20, to: T + 30 }),
    lastLook,
  ];
  const verdict = check(plan, history, audit());
  assert.deepEqual(verdict.violations, []);
  assert.equal(verdict.repeats, 1);
  assert.equal(verdict.unknown, 1);
});

const cases: Record<string, { history: Entry[]; held?: Audit; set?: Plan; breaks: string }> = {
  'a contact in two pulls': {
    history: [
      pulled([1, 2]),
      pulled([2], {
        from: T + 20,
        to: T + 30,
        answer: delivered([2], { pull: 'p2', seq: 2, pulls: ['p2'], pulledAt: [iso(T + 25)] }),
      }),
    ],
    held: audit({ pulls: [pull([1, 2]), pull([2], { id: 'p2', seq: 2, pulledAt: T + 25 })] }),
    breaks: 'I1',
  },
  'a contact that is an item of two pulls': {
    history: [pulled([1, 2])],
    held: audit({ pulls: [pull([1, 2]), pull([2], { id: 'p2', seq: 2 })] }),
    breaks: 'I1',
  },
  'a repeat with another body': {
    history: [
      pulled([1, 2], { idempotencyKey: 'i' }),
      pulled([1, 2], { idempotencyKey: 'i', answer: delivered([1, 2], { digest: 'other' }) }),
    ],
    breaks: 'I2',
  },
  'two pulls under one idempotency key': {
    history: [
      pulled([1], { idempotencyKey: 'i', answer: delivered([1]) }),
      pulled([2], {
        idempotencyKey: 'i',
        answer: delivered([2], { pull: 'p2', seq: 2, pulls: ['p2'] }),
      }),
    ],
    held: audit({
      pulls: [pull([1]), pull([2], { id: 'p2', seq: 2 })],
      actions: [action(1), action(2, { pull: 'p2' })],
    }),
    breaks: 'I2',
  },
  'an answer that was not committed': {
    history: [pulled([1, 2])],
    held: audit({
      pulls: [],
      actions: [1, 2].map((id) =>
        action(id, { statut: 1, client: null, pull: null, pulledAt: null }),
      ),
    }),
    breaks: 'I3',
  },
  'a contact outside the scope': {
    history: [pulled([1, 2], { answer: delivered([1, 2], { regions: [30, 62] }) })],
    breaks: 'I3',
  },
  'a contact shown as ready after it was handed out': {
    history: [
      pulled([1, 2]),
      call({
        ...{ operation: 'readContacts', from: T + 11, to: T + 12 },
        answer: delivered([1], { statuts: [READY], pulledAt: [null], pulls: [null] }),
      }),
    ],
    breaks: 'I3',
  },
  'more than the limit': { history: [pulled([1, 2], { limit: 1 })], breaks: 'I4' },
  'an id twice': {
    history: [pulled([1, 1], { answer: delivered([1, 1]) })],
    breaks: 'I4',
  },
  'not in the order of the queue': {
    history: [pulled([1, 2], { answer: delivered([1, 2], { readyAt: [iso(T), iso(T - 1)] }) })],
    breaks: 'I4',
  },
  'a lead that was acknowledged and is gone': {
    history: [
      pulled([1, 2]),
      call({ operation: 'lead', lead: { externalId: 'l', outcome: 'accepted', action: 9 } }),
    ],
    breaks: 'I5',
  },
  'a contact that getPulledContacts does not show': {
    history: [pulled([1, 2]), { ...lastLook, answer: delivered([1]) }],
    breaks: 'I6',
  },
  'a pull that is not what was handed out': {
    history: [
      pulled([1, 2]),
      call({ operation: 'getPulledContacts', pullId: 'p1', answer: delivered([1]) }),
    ],
    breaks: 'I6',
  },
  'pulled_at that goes back': {
    history: [pulled([1, 2])],
    held: audit({ pulls: [pull([1, 2]), pull([], { id: 'p2', seq: 2, pulledAt: T + 4 })] }),
    breaks: 'I7',
  },
  'a number that is left out': {
    history: [pulled([1, 2], { answer: delivered([1, 2], { seq: 2 }) })],
    held: audit({ pulls: [pull([1, 2], { seq: 2 })] }),
    breaks: 'I7',
  },
  'pulled_at that is not within the request': {
    history: [pulled([1, 2], { from: T + 100, to: T + 110 })],
    breaks: 'I7',
  },
  'a later pull of what was older': {
    history: [],
    held: audit({
      pulls: [
        pull([2], { client: 2, key: 'b' }),
        pull([1], { client: 2, key: 'b', id: 'p2', seq: 2 }),
      ],
      actions: [action(1, { client: 2, pull: 'p2' }), action(2, { client: 2 })],
    }),
    breaks: 'I7',
  },
  'a pull that was retried until it was answered, and never delivered': {
    history: [key('k', true), call({ outcome: 'unknown', idempotencyKey: 'i' })],
    breaks: 'I8',
  },
  'a pull that nobody asked for': { history: [key('k', false)], breaks: 'I8' },
  'a contact that is still ready': {
    history: [pulled([1, 2])],
    held: audit({
      actions: [
        ...[action(1), action(2)],
        action(3, { statut: READY, client: null, pull: null, pulledAt: null }),
      ],
    }),
    breaks: 'I9',
  },
  'a contact of nobody that was touched': {
    history: [pulled([1, 2])],
    held: audit({ actions: [action(1), action(2), action(3, { region: 99, pull: null })] }),
    breaks: 'I9',
  },
  'other values than were kept': {
    history: [pulled([1, 2], { answer: delivered([1, 2], { contents: 'other' }) })],
    breaks: 'I10',
  },
  'an item whose action says otherwise': {
    history: [pulled([1, 2])],
    held: audit({ actions: [action(1), action(2, { statut: 1 })] }),
    breaks: 'I10',
  },
  'a pull after its key had ended': {
    history: [{ kind: 'key ended', key: 'k', to: T - 10 }, pulled([1, 2], { from: T - 20 })],
    breaks: 'I11',
  },
  'an answer to a key that had ended': {
    history: [
      pulled([1, 2]),
      { kind: 'key ended', key: 'k', to: T + 20 },
      call({
        ...{ operation: 'readContacts', from: T + 21, to: T + 22 },
        answer: delivered([], { statuts: [], regions: [] }),
      }),
    ],
    breaks: 'I11',
  },
  'an error that is no JSON': {
    history: [
      pulled([1, 2]),
      call({ outcome: 'fail', status: 503, code: 'unavailable', error: '<h1>' }),
    ],
    breaks: 'I12',
  },
  'an error with a third field': {
    history: [
      pulled([1, 2]),
      call({
        ...{ outcome: 'fail', status: 503, code: 'unavailable' },
        error: '{"valid":false,"error":"The database is away.","stack":""}',
      }),
    ],
    breaks: 'I12',
  },
  'an error that tells of SQL': {
    history: [
      pulled([1, 2]),
      call({
        ...{ outcome: 'fail', status: 503, code: 'unavailable' },
        error: '{"valid":false,"error":"update action failed"}',
      }),
    ],
    breaks: 'I12',
  },
  'a failure that no fault explains': {
    history: [
      pulled([1, 2]),
      call({
        ...{ outcome: 'fail', status: 500, code: 'internal_error' },
        error: '{"valid":false,"error":"Something failed on our side."}',
      }),
    ],
    breaks: 'I12',
  },
  'a server that ended by itself': {
    history: [pulled([1, 2]), { kind: 'noticed', what: 'a server ended by itself: 1' }],
    breaks: 'server',
  },
  'a transaction that is left open': {
    history: [pulled([1, 2])],
    held: audit({ idleTransactions: 1 }),
    breaks: 'server',
  },
};

for (const [name, { history, held, set, breaks }] of Object.entries(cases)) {
  test(`the checker finds ${name}: ${breaks}`, () => {
    assert.ok(broken(history, held, set).includes(breaks), String(broken(history, held, set)));
  });
}

test('a clock that was moved explains a pulled_at, and no other', () => {
  const hour = 3_600_000;
  const moved = { ...plan, clock: [{ from: T - 5_000, offset: -hour }] };
  const at = (time: number) => ({
    history: [pulled([1, 2], { answer: delivered([1, 2], { pulledAt: [iso(time)] }) })],
    held: audit({
      pulls: [pull([1, 2], { pulledAt: time })],
      actions: [action(1, { pulledAt: time }), action(2, { pulledAt: time })],
    }),
  });
  const back = at(T + 5 - hour);
  assert.deepEqual(broken(back.history, back.held, moved), []);
  const halfway = at(T + 5 - hour / 2);
  assert.deepEqual(broken(halfway.history, halfway.held, moved), ['I7']);
});

test('a new pull under an idempotency key breaks nothing when the old one is 30 days old', () => {
  const later = T + 720 * 3_600_000 + 10;
  const second = { pull: 'p2', seq: 2, pulls: ['p2'], pulledAt: [iso(later)] };
  const history = [
    pulled([1], { idempotencyKey: 'i', answer: delivered([1]) }),
    pulled([2], {
      ...{ idempotencyKey: 'i', from: later - 5, to: later + 5 },
      answer: delivered([2], second),
    }),
  ];
  const held = audit({
    pulls: [pull([1]), pull([2], { id: 'p2', seq: 2, pulledAt: later })],
    actions: [action(1), action(2, { pull: 'p2', pulledAt: later })],
  });
  assert.deepEqual(broken(history, held), []);
});
