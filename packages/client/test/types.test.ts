import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ClientOperations,
  type Contact as ContractContact,
  type Scenario as ContractScenario,
  clientOperations,
  contact,
  scenarios,
} from '@relais/contract';
import type { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { contactFields } from '../src/contactFields.ts';
import type { Contact, Programme, Region, Release, Scenario } from '../src/types.ts';
import { VERSION } from '../src/version.ts';

type Same<Left, Right> = [Readonly<Left>] extends [Readonly<Right>]
  ? [Readonly<Right>] extends [Readonly<Left>]
    ? true
    : never
  : never;
type AnswerOf<Name extends keyof ClientOperations> = z.output<ClientOperations[Name]['response']>;

// The package has types of its own, since it depends on nothing: the compiler holds them together.
const same: [
  Same<Contact, ContractContact>,
  Same<Region, AnswerOf<'getRegions'>[number]>,
  Same<Programme, AnswerOf<'getProgrammes'>[number]>,
  Same<Release, AnswerOf<'releasePull'>>,
  Same<Scenario, ContractScenario>,
] = [true, true, true, true, true];

test('the types of the package are those of the contract', () => {
  assert.ok(same.every(Boolean));
  assert.deepEqual([...contactFields], Object.keys(contact.shape));
  assert.equal(Object.keys(scenarios).length, 6);
});

test('there is a method for each operation of the contract', async () => {
  const { Relais } = await import('../src/index.ts');
  const client = new Relais({ apiKey: 'k' });
  for (const name of Object.keys(clientOperations)) {
    assert.equal(typeof client[name as keyof typeof client], 'function', name);
  }
});

test('the version that a request names is that of the package', () => {
  assert.equal(VERSION, manifest.version);
});
