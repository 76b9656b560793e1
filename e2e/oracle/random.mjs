// Random definitions and answers, each judged by @formio/core and by our engine: node random.mjs [cases] [seed] [shown] [definitions]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { RULES, generator, source } from './generate.mjs';
import { outcome, text } from './oracle.mjs';

const [cases, seed, shown, definitions] = [20_000, 1, 10, 700].map((otherwise, at) => Number(process.argv[at + 2] ?? otherwise));
const root = new URL('../..', import.meta.url).pathname;

/** How often each rule of each kind was asked: at the top, in a container, in a row of a list, under a hidden parent. */
const PLACES = ['top', 'container', 'grid row', 'hidden parent'];
const rulesOf = (it) => {
  const v = it.validate ?? {};
  return RULES[it.type]?.filter((rule) => ({ mask: it.inputMask, multiple: it.multiple, minYear: it.minYear, maxYear: it.maxYear, minDate: it.minDate ?? it.widget?.minDate, maxDate: it.maxDate ?? it.widget?.maxDate, day: Object.values(it.fields ?? {}).some((part) => part.required), email: true, url: true, time: true, date: true }[rule] ?? v[rule])) ?? [];
};
function tell(asked, components, hidden, place) {
  for (const it of components) {
    const inside = hidden.has(it.key) || it.hidden ? 'hidden parent' : place;
    for (const rule of rulesOf(it)) ((asked[it.type] ??= {})[rule] ??= {})[place] = (asked[it.type][rule][place] ?? 0) + 1;
    const nested = it.columns ?? (it.type === 'table' ? it.rows.flat() : it.type === 'tabs' ? it.components : undefined);
    if (nested) nested.forEach((group) => tell(asked, group.components, hidden, inside));
    else if (it.components) tell(asked, it.components, hidden, inside === 'hidden parent' ? inside : it.type === 'container' && place !== 'grid row' ? 'container' : ['datagrid', 'editgrid'].includes(it.type) ? 'grid row' : inside);
  }
}
const flat = (components) => components.flatMap((it) => [it, ...flat([...(it.columns ?? []), ...(it.type === 'table' ? it.rows.flat() : []), ...(it.components ?? []).filter((inner) => !inner.type)].flatMap((group) => group.components)), ...flat((it.components ?? []).filter((inner) => inner.type))]);

/** One half of the cases, in a thread of its own: the same seed makes the same ones. */
function part({ seed, cases, definitions, shown, engine }) {
  const make = generator(source(seed));
  const [asked, broken, lines, expected] = [{}, {}, [], []];
  let threw = 0;
  let smallest = Infinity;
  const each = Math.ceil(cases / definitions);
  while (expected.length < cases) {
    const form = make.definition();
    const all = flat(form.components);
    smallest = Math.min(smallest, all.length);
    const kinds = Object.fromEntries(all.map((it) => [it.key, it.type]));
    lines.push(JSON.stringify({ form }));
    for (let at = 0; at < each && expected.length < cases; at += 1) {
      const answers = make.answers(form);
      let want;
      try {
        want = outcome(form, answers);
      } catch {
        threw += 1; // @formio/core throws on these: nothing to compare with.
        continue;
      }
      tell(asked, form.components, new Set(want.hidden.flatMap((path) => path.split(/[.[\]]/))), 'top');
      for (const { path, rule } of want.problems) {
        const kind = kinds[path.split('.').pop().replace(/\[.*/, '')];
        if (kind) (broken[kind] ??= {})[rule] = (broken[kind][rule] ?? 0) + 1;
      }
      expected.push({ want, form, answers });
      lines.push(JSON.stringify({ answers }));
    }
  }
  const file = join(mkdtempSync(join(tmpdir(), 'oracle-')), 'cases.jsonl');
  writeFileSync(file, lines.join('\n'));
  const ours = execFileSync(engine, [file], { maxBuffer: 1 << 30, encoding: 'utf8' }).trimEnd().split('\n').map((line) => JSON.parse(line));
  const differ = [];
  let same = 0;
  for (const [at, { want, form, answers }] of expected.entries()) {
    const have = ours[at];
    if (!have.errors && text(have) === text(want)) same += 1;
    else if (differ.length < shown) differ.push(`seed ${seed} case ${at}\n  ${JSON.stringify({ form, answers })}\n  core ${text(want)}\n  ours ${have.errors ? JSON.stringify(have) : text(have)}`);
  }
  return { asked, broken, same, threw, smallest, differ };
}

if (!isMainThread) {
  parentPort.postMessage(part(workerData));
  process.exit();
}

execFileSync('cargo', ['build', '-q', '-p', 'forms', '--example', 'evaluate_many'], { cwd: root, stdio: 'inherit' });
const engine = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target', 'debug/examples/evaluate_many');
const parts = await Promise.all([0, 1].map((half) => new Promise((done, fail) => {
  const data = { seed: 2 * seed + half, cases: cases / 2, definitions: definitions / 2, shown: shown / 2, engine };
  new Worker(new URL(import.meta.url), { workerData: data }).on('message', done).on('error', fail);
})));
const sum = (pick) => parts.reduce((total, it) => total + pick(it), 0);
const same = sum((it) => it.same);
const threw = sum((it) => it.threw);
const smallest = Math.min(...parts.map((it) => it.smallest));
parts.flatMap((it) => it.differ).forEach((it) => console.log(it));

console.log(`\nHow often each rule of each kind was asked, and how often it was broken:`);
console.log(`${'kind'.padEnd(12)} ${'rule'.padEnd(20)} ${PLACES.map((place) => place.padStart(14)).join('')} ${'broken'.padStart(8)}`);
let rare = 0;
for (const [kind, rules] of Object.entries(RULES)) {
  for (const rule of rules) {
    const counts = PLACES.map((place) => sum((it) => it.asked[kind]?.[rule]?.[place] ?? 0));
    if (Math.min(...counts) < 20) rare += 1;
    console.log(`${kind.padEnd(12)} ${rule.padEnd(20)} ${counts.map((count) => String(count).padStart(14)).join('')} ${String(sum((it) => (rule === 'multiple' ? ['array', 'array_nonempty', 'nonarray'] : [rule]).reduce((total, name) => total + (it.broken[kind]?.[name] ?? 0), 0))).padStart(8)}`);
  }
}
console.log(`\n${same} of ${cases} cases agree (${((100 * same) / cases).toFixed(2)} %): ${definitions} definitions of at least ${smallest} components, seed ${seed}; @formio/core threw on ${threw} more`);
if (rare) console.log(`${rare} rules were asked fewer than 20 times in some place`);
process.exitCode = same / cases >= 0.995 && rare === 0 ? 0 : 1;
