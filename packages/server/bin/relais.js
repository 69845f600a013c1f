#!/usr/bin/env node
// Where the server and its commands begin.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { BUNDLE, isBundled } from './bundle.js';

// Answers of some hundred kilobytes are garbage as soon as they are sent. Left alone, the heap grows
// to several times of what is in use before they are collected: so sooner, for a little more CPU.
// At 70 percent answers made anew take a fifth less, but already at 55 nearly an hour of load on a machine
// that is busy with other work leads to over 150 MB.
setFlagsFromString('--heap-growing-percent=40');
setFlagsFromString('--max-semi-space-size=4');
setFlagsFromString('--semi-space-growth-factor=1');
// V8 has three compilers. Without the one in the middle a server that is warm answers as fast, and
// needs about 10 MB less after heavy load.
setFlagsFromString('--no-maglev');

// What Node and V8 make of our files is kept beside the packages: a command begins sooner, and a
// server needs less. Where it can't be written, it is made anew each time.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/relais', import.meta.url)));

// While they are worked on, the sources run as they are.
await import(isBundled() ? BUNDLE : '../src/main.ts');
