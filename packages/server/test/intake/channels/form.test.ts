import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type FormField, readForm, readFormLead } from '../../../src/intake/channels/form.ts';
import { Refusal } from '../../../src/refusal.ts';

const urlEncoded = 'application/x-www-form-urlencoded';
const fieldsOf = (body: string | Buffer): Promise<FormField[]> =>
  readForm(Buffer.from(body), urlEncoded);

test('a form is read in order, in UTF-8 or Windows-1252, percent sequences or none', async () => {
  const cases: [body: string | Buffer, fields: [string, string][]][] = [
    [
      'nom=Dupont&nom=Martin&vide=&seul',
      [
        ['nom', 'Dupont'],
        ['nom', 'Martin'],
        ['vide', ''],
        ['seul', ''],
      ],
    ],
    ['pr%C3%A9nom=%C3%89lo%C3%AFse+Marie', [['prénom', 'Éloïse Marie']]],
    ['pr%E9nom=%C9lo%EFse%80', [['prénom', 'Éloïse€']]],
    ['prénom=Éloïse', [['prénom', 'Éloïse']]],
    [Buffer.from('prénom=Éloïse', 'latin1'), [['prénom', 'Éloïse']]],
    [
      'a=100%&b=%zz%4&c=%2B+%26=',
      [
        ['a', '100%'],
        ['b', '%zz%4'],
        ['c', '+ &='],
      ],
    ],
    ['&&a=1&', [['a', '1']]],
    ['', []],
  ];
  for (const [body, fields] of cases) {
    assert.deepEqual(
      await fieldsOf(body),
      fields.map(([name, text]) => ({ name, value: text })),
    );
  }
});

test('any bytes are a form, and what a browser sends is read as it was typed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      await fieldsOf(Buffer.from(bytes));
    }),
  );
  const text = fc.string({ unit: 'binary' }).map((typed) => typed.toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text)), async (typed) => {
      const read = await fieldsOf(new URLSearchParams(typed).toString());
      assert.deepEqual(
        read.map(({ name, value: given }) => [name, given]),
        typed,
      );
    }),
  );
});

const multipart = 'multipart/form-data; boundary=X';
const part = (disposition: string, text: string): string =>
  `--X\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;

test('a multipart form is read, and of a file its name', async () => {
  const body = [
    part('name="nom"', 'Hérouville'),
    part('name="plan"; filename="plan été.pdf"', '%PDF'),
    part('name="photo"; filename=""', ''),
    '--X--\r\n',
  ].join('');
  const fields = await readForm(Buffer.from(body), multipart);
  assert.deepEqual(readFormLead(fields, 'website'), {
    nom: 'Hérouville',
    answers: [{ question: 'plan', answer: 'fichier joint non conservé : plan été.pdf' }],
  });
});

test('what is no form, and a broken one, is refused', async () => {
  const cases: [body: string, contentType: string | undefined][] = [
    ['nom=Dupont', undefined],
    ['nom=Dupont', ''],
    ['{}', 'application/json'],
    ['nom=Dupont', 'text/plain'],
    ['', 'multipart/form-data'],
    ['--Y--', multipart],
    [part('name="nom"', 'Dupont'), multipart],
    [`--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n--X--`, multipart],
    ['x', 'multipart/form-data; boundary=é\n'],
  ];
  for (const [body, contentType] of cases) {
    await assert.rejects(
      readForm(Buffer.from(body), contentType),
      (error) => error instanceof Refusal && error.code === 'invalid_request',
      `${contentType}: ${body}`,
    );
  }
});

const form = (fields: Record<string, string>): FormField[] =>
  Object.entries(fields).map(([name, text]) => ({ name, value: text }));

test('the token of a form stays out of its lead, and so does an empty honeypot', () => {
  const fields = form({ token: 'secret', website: ' ', nom: 'Dupont', 'opt-in': 'on' });
  assert.deepEqual(readFormLead(fields, 'website'), { nom: 'Dupont', consent: true });
});

test('a honeypot that was filled in traps the lead and is kept as an answer', () => {
  const fields = form({ nom: 'Dupont', email: 'robot@email.com' });
  assert.deepEqual(readFormLead(fields, 'email'), {
    nom: 'Dupont',
    answers: [{ question: 'email', answer: 'robot@email.com' }],
    trapped: true,
  });
});
