// Holds akkasockets.d.ts against akkasockets.js, and compiles README's example by it under --strict. Needs `npm ci`; writes what differs, a line each, and ends with 1 then.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import * as real from '../akkasockets.js';

const folder = new URL('..', import.meta.url).pathname;
const [source, readme] = ['akkasockets.js', 'README.md'].map((name) => readFileSync(folder + name, 'utf8'));
const faults = [];

// The example, as a module beside the client. What it leaves to its reader is declared before it.
const EXAMPLE = `${folder}example.ts`;
const LEFT_TO_THE_READER = 'declare function show(data: unknown): Promise<void>; declare function loadEverythingAgain(gap: { asked: number; first: number }): void;\n';
const example = LEFT_TO_THE_READER + (readme.match(/```js\n(.*?)```/s)?.[1] ?? faults.push('README.md has no example'));
const options = {
  strict: true, noEmit: true, skipLibCheck: false, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [],
};
const host = ts.createCompilerHost(options);
const { fileExists, readFile, getSourceFile } = host;
host.fileExists = (path) => path === EXAMPLE || fileExists(path);
host.readFile = (path) => (path === EXAMPLE ? example : readFile(path));
host.getSourceFile = (path, ...rest) => (path === EXAMPLE ? ts.createSourceFile(path, example, options.target) : getSourceFile(path, ...rest));
const program = ts.createProgram([EXAMPLE], options, host);
for (const { file, start, messageText } of ts.getPreEmitDiagnostics(program)) {
  const at = file ? `${file.fileName.slice(folder.length)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : '';
  faults.push(at + ts.flattenDiagnosticMessageText(messageText, ' '));
}

const checker = program.getTypeChecker();
const declared = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(`${folder}akkasockets.d.ts`)));
const namesOf = (symbols) => symbols.map((symbol) => symbol.name).filter((name) => name !== 'prototype' && name !== '__constructor');
const membersOf = (name) => namesOf([...declared.find((symbol) => symbol.name === name).members.values()]);

function compare(what, told, found) {
  for (const name of found) if (!told.includes(name)) faults.push(`${what} ${name} is not in akkasockets.d.ts`);
  for (const name of told) if (!found.includes(name)) faults.push(`${what} ${name} is in akkasockets.d.ts only`);
}

compare('export', namesOf(declared.filter((symbol) => symbol.flags & ts.SymbolFlags.Value)), Object.keys(real));

// Of each class: what its prototype has and what its constructor sets. A leading _ is the module's own business.
const made = {
  AkkaSocketsClient: new real.AkkaSocketsClient({ url: 'ws://localhost/ws', device: 'phone' }),
  PositionTracker: new real.PositionTracker(),
  SendError: new real.SendError('code', 'message'),
  StoppedError: new real.StoppedError('message', 4501),
};
/** What lib.dom and lib.es declare of the base classes. */
const INHERITED = { AkkaSocketsClient: ['addEventListener'], SendError: ['name', 'message', 'stack'], StoppedError: ['name', 'message', 'stack'] };
for (const name of Object.keys(real).filter((key) => /^[A-Z]/.test(key))) {
  if (!made[name]) { faults.push(`class ${name} is not compared`); continue; }
  const found = [...new Set([...Object.getOwnPropertyNames(real[name].prototype), ...Object.getOwnPropertyNames(made[name])])];
  const own = (key) => key !== 'constructor' && !key.startsWith('_') && !INHERITED[name]?.includes(key);
  compare(`${name}.`, membersOf(name).filter(own), found.filter(own));
}

// The options are those that the constructor lists when it gets another; the events are those that the source has a line for.
let listed = '';
try { new real.AkkaSocketsClient({ url: 'ws://localhost/ws', nonsense: 1 }); } catch (fault) { listed = fault.message.split('There are ')[1]; }
compare('option', membersOf('Options'), listed.replace(/\.$/, '').split(', '));
compare('event', membersOf('ClientEvents'), [...new Set([...source.matchAll(/#emit\('(\w+)'/g)].map(([, name]) => name))]);

for (const fault of faults) console.log(fault);
if (faults.length === 0) console.log(`${Object.keys(real).length} exports and README's example agree with akkasockets.d.ts`);
process.exitCode = faults.length === 0 ? 0 : 1;
