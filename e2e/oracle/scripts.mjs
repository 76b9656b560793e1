// Scripts of definitions, run by JavaScript itself as @formio/core runs them: node scripts.mjs [--write]
//
// The same table is run by the engine (src/forms/tests/scripts.rs). With --write the expected values are filled in from here.
process.env.TZ = 'Asia/Ho_Chi_Minh';
import lodash from 'lodash';
import moment from 'moment';
import { readFileSync, writeFileSync } from 'node:fs';
import core from '@formio/core/utils';

const file = new URL('../../src/forms/tests/script_cases.json', import.meta.url);
const groups = JSON.parse(readFileSync(file, 'utf8'));

/** Noon of the day that is today for all cases. */
const NOW = Date.parse('2026-11-25T12:00:00+07:00');
class FixedDate extends Date {
  constructor(...parts) {
    if (parts.length === 0) super(NOW);
    else super(...parts);
  }
  static now() {
    return NOW;
  }
}
moment.now = () => NOW;
moment.suppressDeprecationWarnings = true;

/** What scripts write to the console is of no use here. */
const quiet = Object.fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((name) => [name, () => {}]));

const VARIABLES = { show: 'show', valid: 'valid', value: 'value', result: 'result', schema: 'schema' };

/** What a script answers, in the words of the table. */
function run(role, source, scope, asCore) {
  const variable = VARIABLES[role];
  const context = structuredClone({ data: {}, row: {}, ...scope });
  context.value ??= undefined;
  context.input ??= undefined;
  // Only a check knows the number of its row.
  if (role === 'valid') Object.assign(context, { rowIndex: context.rowIndex, valid: true });
  // checkCustomConditional, then Evaluator.evaluate.
  const environment = { ...context, _: lodash, moment, Date: FixedDate, instance: undefined, options: undefined, component: context.component, submission: { data: context.data }, config: {}, t: (text) => text, console: quiet };
  // A check is filled in first.
  const filled = role === 'valid' ? core.Evaluator.interpolate(source, environment) : source;
  const body = role === 'show' || role === 'result' ? `${variable} = true; ${filled};` : filled;
  let answer;
  try {
    const run = new Function(...Object.keys(environment), `var ${variable};\n${body};\nreturn ${variable}`);
    answer = run.apply(environment, Object.values(environment));
  } catch (error) {
    return error instanceof SyntaxError && !asCore ? 'not JavaScript' : 'throws';
  }
  if (answer === undefined) return 'undefined';
  if (typeof answer === 'number' && !Number.isFinite(answer)) return String(answer);
  return { value: JSON.parse(JSON.stringify(answer)) };
}

let passed = 0;
let failed = 0;
for (const group of groups) {
  for (const it of group.cases) {
    const [source, expected] = it;
    const answer = run(group.role, source, group.scope, group.as === 'core');
    if (process.argv.includes('--write')) it[1] = answer;
    else if (answer !== 'not JavaScript' && JSON.stringify(answer) === JSON.stringify(expected)) passed += 1;
    else {
      failed += 1;
      console.log(`${group.description}: ${source}\n  JavaScript ${JSON.stringify(answer)}, the table ${JSON.stringify(expected)}`);
    }
    if (answer === 'not JavaScript') console.log(`not JavaScript: ${source}`);
  }
}

if (process.argv.includes('--write')) {
  const line = (it) => `    ${JSON.stringify(it)}`;
  const head = ({ cases, ...rest }) => Object.entries(rest).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(',\n');
  const text = groups.map((group) => `{\n${head(group)},\n  "cases": [\n${group.cases.map(line).join(',\n')}\n  ]\n}`).join(',\n');
  writeFileSync(file, `[\n${text}\n]\n`);
} else {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
