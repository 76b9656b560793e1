// Random definitions and answers, each judged by @formio/core and by our engine: node random.mjs [cases] [seed]
import { execFileSync } from 'node:child_process';
import { writeFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome, text } from './oracle.mjs';

const cases = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
const shown = Number(process.argv[4] ?? 10);

// mulberry32: small, and the same everywhere.
let state = seed >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const chance = (p) => random() < p;
const pick = (list) => list[Math.floor(random() * list.length)];
const upTo = (n) => Math.floor(random() * (n + 1));

const OPTIONS = ['a', 'b', 'yes', 'no', '1', '2', 'true', '31117'];
const TEXTS = ['', ' ', 'a', 'yes', 'no', 'Nguyễn Văn A', 'hai  từ', 'một hai ba bốn', '12', '7.5', '0', 'abc@def.vn', 'A@B.VN ', 'x'.repeat(12), '-3', 'true', '01/02/2000', '2024-05-01', '00/00/0000', '00/00/1990', '31/02/2001', '2/3/2001', '15/2001'];
const KINDS = ['textfield', 'textfield', 'textarea', 'number', 'currency', 'checkbox', 'selectboxes', 'radio', 'select', 'day', 'datetime', 'email', 'phoneNumber', 'file', 'hidden'];

function options() {
  const list = OPTIONS.filter(() => chance(0.4));
  return (list.length ? list : ['a', 'b']).map((value) => ({ label: value.toUpperCase(), value }));
}

function field(key) {
  const type = pick(KINDS);
  const it = { type, key, label: key, input: true };
  const validate = {};
  if (chance(0.4)) validate.required = true;
  if (['textfield', 'textarea', 'email', 'phoneNumber'].includes(type)) {
    if (chance(0.2)) validate.minLength = pick([1, 3, '4']);
    if (chance(0.2)) validate.maxLength = pick([2, 8, '']);
    if (chance(0.1)) validate.minWords = 2;
    if (chance(0.1)) validate.maxWords = 2;
    if (chance(0.15)) validate.pattern = pick(['[a-z]+', '\\d+', 'a|b', '[A-Za-zÀ-ỹ ]+']);
  }
  if (['number', 'currency', 'textfield'].includes(type)) {
    if (chance(0.25)) validate.min = pick([0, 5, '3']);
    if (chance(0.25)) validate.max = pick([10, 100, '7']);
  }
  if (type === 'selectboxes' || type === 'radio') it.values = options();
  if (type === 'select') {
    it.data = { values: options() };
    if (chance(0.3)) it.dataSrc = 'values';
    if (chance(0.2)) it.dataType = pick(['string', 'number', 'boolean', 'auto']);
  }
  if (['select', 'radio', 'selectboxes'].includes(type) && chance(0.3)) validate.onlyAvailableItems = true;
  if (type === 'selectboxes') {
    if (chance(0.2)) validate.minSelectedCount = 2;
    if (chance(0.2)) validate.maxSelectedCount = 1;
  }
  if (type === 'day') {
    it.dayFirst = chance(0.8);
    it.fields = { day: {}, month: {}, year: {} };
    for (const part of ['day', 'month', 'year']) if (chance(0.2)) it.fields[part].required = true;
    if (chance(0.1)) it.fields[pick(['day', 'month'])].hide = true;
    if (chance(0.2)) it.minDate = '1999-01-01';
    if (chance(0.2)) it.maxDate = '2010-12-31';
    if (chance(0.1)) it.maxYear = 2005;
    if (chance(0.1)) it.minYear = 1995;
  }
  if (type === 'datetime' && chance(0.4)) {
    it.widget = { type: 'calendar', enableTime: chance(0.3) };
    if (chance(0.5)) it.widget.minDate = '2020-01-01';
    if (chance(0.5)) it.widget.maxDate = '2030-01-01';
  }
  if (['textfield', 'select', 'file', 'email', 'number', 'textarea'].includes(type) && chance(0.15)) it.multiple = true;
  if (type === 'textfield' && chance(0.1)) it.truncateMultipleSpaces = true;
  if (chance(0.1)) it.hidden = true;
  if (chance(0.15)) it.clearOnHide = chance(0.3);
  if (chance(0.1)) it.defaultValue = pick(['a', 'yes', 3, false, true, '', '01/02/2003']);
  if (type === 'day' && 'defaultValue' in it) it.defaultValue = '01/02/2003';
  if (type === 'selectboxes' && 'defaultValue' in it) it.defaultValue = { a: true };
  if (type === 'file' && 'defaultValue' in it) delete it.defaultValue;
  if (chance(0.04)) it.validateWhenHidden = true;
  if (chance(0.03)) it.input = false;
  if (chance(0.03)) it.persistent = pick([false, 'client-only', true]);
  if (chance(0.02)) it.protected = true;
  if (type === 'phoneNumber' && chance(0.2)) it.inputMask = pick(['999', '(999) 999-9999', 'aA*']);
  if (type === 'radio' && chance(0.15)) it.dataType = pick(['string', 'boolean', 'auto']);
  if (type === 'radio' && it.dataType) it.defaultValue = it.values[0].value;
  if (type === 'select' && chance(0.15)) { it.dataSrc = 'resource'; it.data = { resource: 'wards', values: it.data.values }; }
  if (Object.keys(validate).length) it.validate = validate;
  return it;
}

/** An answer that mostly suits the kind. */
function answer(it) {
  if (chance(0.12) && !['day', 'datetime'].includes(it.type)) return pick([null, 5, 0, true, false, 'x', ['a'], { a: true }, [], [null], [5], {}, [['a']]]);
  const one = () => {
    switch (it.type) {
      case 'number':
      case 'currency':
        return pick([0, 1, 5, 7.5, 12, 1000, -2, '6', '12abc', '', 'abc', '1e2']);
      case 'checkbox':
        return pick([true, false]);
      case 'selectboxes':
        return Object.fromEntries(it.values.filter(() => chance(0.7)).map(({ value }) => [value, chance(0.5)]));
      case 'radio':
        return chance(0.8) ? pick(it.values).value : pick(['', 'z', 1, true]);
      case 'select':
        return chance(0.8) ? pick(it.data.values).value : pick(['', 'z', 1, { value: 'a' }]);
      case 'day':
        return pick(['', '01/02/2000', '00/00/1990', '00/00/0000', '31/12/2020', '31/02/2001', '2/3/2001', '13/13/1998', '29/02/2024', '01/1996', 'x']);
      case 'datetime':
        return pick(['', '2024-05-01T00:00:00+07:00', '2019-03-04', '2031-01-01T10:00:00.000Z', 'not a date', '2024-13-01', '2020-02-30', 5]);
      case 'file':
        return [];
      default:
        return pick(TEXTS);
    }
  };
  if (it.type === 'file') return chance(0.6) ? [{ name: 'a.pdf', originalName: 'a.pdf', size: 5 }] : [];
  if (it.multiple && chance(0.85)) return Array.from({ length: upTo(3) }, one);
  return one();
}

const eqFor = (target) => {
  if (!target) return 'a';
  if (target.values) return pick(target.values).value;
  if (target.data?.values) return pick(target.data.values).value;
  if (target.type === 'checkbox') return pick([true, 'true', 'false']);
  if (target.type === 'number' || target.type === 'currency') return pick([0, 5, '5', 12]);
  return pick(TEXTS);
};

/** A condition on something before. */
function condition(known, inRow) {
  if (!known.length) return {};
  const target = pick(known);
  const name = chance(0.8) ? target.path : target.field.key;
  const eq = eqFor(target.field);
  switch (upTo(3)) {
    case 0:
      return { conditional: { show: pick([true, 'true', false, 'false']), when: name, eq } };
    case 1: {
      const count = 1 + upTo(1);
      const conditions = Array.from({ length: count }, () => {
        const it = pick(known);
        const operators = ['isEqual', 'isEqual', 'isNotEqual', 'isEmpty', 'isNotEmpty', 'includes', 'notIncludes', 'startsWith', 'endsWith', 'greaterThan', 'greaterThanOrEqual', 'lessThan', 'lessThanOrEqual'];
        if (it.field.type === 'datetime') operators.push('dateGreaterThan', 'dateLessThanOrEqual', 'dateLessThan', 'isDateEqual', 'isNotDateEqual');
        const operator = pick(operators);
        return { component: it.path, operator, value: /date/i.test(operator) ? '2020-01-01' : eqFor(it.field) };
      });
      return { conditional: { show: pick([true, false]), conjunction: pick(['all', 'any']), conditions } };
    }
    default: {
      const own = inRow && target.path.startsWith(`${inRow}.`) ? `row.${target.path.slice(inRow.length + 1)}` : `data.${target.path}`;
      const json = pick([
        { '==': [{ var: own }, eq] },
        { '!=': [{ var: own }, eq] },
        { '===': [{ var: own }, eq] },
        { '!!': [{ var: own }] },
        { '!': [{ var: own }] },
        { and: [{ '!!': [{ var: own }] }, { '!=': [{ var: own }, 'no'] }] },
        { in: [{ var: own }, ['a', 'yes', '1', 5]] },
        { '>': [{ var: own }, 3] },
        { var: own },
      ]);
      return { conditional: { json } };
    }
  }
}

function definition() {
  let count = 0;
  const known = [];
  const build = (depth, prefix, inRow, size) => {
    const list = [];
    for (let at = 0; at < size; at += 1) {
      const key = `f${count}`;
      count += 1;
      const roll = random();
      const logic = chance(0.35) ? condition(known, inRow) : {};
      if (roll > 0.97 && !prefix) {
        list.push({ type: 'content', key, input: false, html: '<p>Xin chào</p>', ...logic });
      } else if (depth < 2 && roll < 0.22) {
        const type = pick(['fieldset', 'panel', 'columns', 'container', 'datagrid']);
        if (type === 'datagrid' && inRow) continue; // Lists in lists: told in differs.json.
        const it = { type, key, label: key, ...logic };
        if (type !== 'container' && type !== 'datagrid') it.input = false;
        else it.input = true;
        if (chance(0.1)) it.hidden = true;
        if (chance(0.15) && (type === 'container' || type === 'datagrid')) it.clearOnHide = chance(0.3);
        if ((type === 'container' || type === 'datagrid') && chance(0.2)) it.validate = { required: true };
        const inner = type === 'container' || type === 'datagrid' ? (prefix ? `${prefix}.${key}` : key) : prefix;
        const row = type === 'datagrid' ? inner : type === 'container' ? undefined : inRow;
        const inside = build(depth + 1, inner, type === 'container' && inRow ? inRow : row, 1 + upTo(2));
        if (type === 'columns') {
          it.columns = [{ width: 6, components: inside.slice(0, 1) }, { width: 6, components: inside.slice(1) }];
        } else it.components = inside;
        list.push(it);
      } else {
        const it = { ...field(key), ...logic };
        list.push(it);
        known.push({ path: prefix ? `${prefix}.${key}` : key, field: it });
      }
    }
    return list;
  };
  const components = build(0, '', undefined, 2 + upTo(5));
  return { display: chance(0.2) ? 'wizard' : 'form', components };
}

function fill(components, into) {
  for (const it of components) {
    if (it.columns) it.columns.forEach((column) => fill(column.components, into));
    else if (it.type === 'content') continue;
    else if (it.type === 'fieldset' || it.type === 'panel') fill(it.components, into);
    else if (chance(0.15)) continue;
    else if ((it.type === 'container' || it.type === 'datagrid') && chance(0.06)) into[it.key] = pick([null, 'x', 5, {}, [], [null], ['x'], [{}], [null, {}], { a: 1 }]);
    else if (it.type === 'container') {
      into[it.key] = {};
      fill(it.components, into[it.key]);
    } else if (it.type === 'datagrid') {
      into[it.key] = Array.from({ length: upTo(3) }, () => {
        const row = {};
        fill(it.components, row);
        return row;
      });
    } else into[it.key] = answer(it);
  }
  return into;
}

const lines = [];
const expected = [];
let refused = 0;
while (lines.length < cases) {
  const form = definition();
  const answers = fill(form.components, {});
  if (chance(0.1)) answers.stray = 'x';
  try {
    expected.push(outcome(form, answers));
  } catch (error) {
    refused += 1; // @formio/core throws on these: nothing to compare with.
    continue;
  }
  lines.push(JSON.stringify({ form, answers }));
}
const file = join(mkdtempSync(join(tmpdir(), 'oracle-')), 'cases.jsonl');
writeFileSync(file, lines.join('\n'));
const root = new URL('../..', import.meta.url).pathname;
const printed = execFileSync('cargo', ['run', '-q', '-p', 'forms', '--example', 'evaluate_many', '--', file], { cwd: root, maxBuffer: 1 << 30, encoding: 'utf8' });
const ours = printed.trimEnd().split('\n').map((line) => JSON.parse(line));
let same = 0;
let told = 0;
for (const [at, want] of expected.entries()) {
  const have = ours[at];
  if (!have.errors && text(have) === text(want)) {
    same += 1;
  } else if (told < shown) {
    told += 1;
    console.log(`case ${at}\n  ${lines[at]}\n  core ${text(want)}\n  ours ${have.errors ? JSON.stringify(have) : text(have)}`);
  }
}
console.log(`${same} of ${cases} agree (${((100 * same) / cases).toFixed(2)} %), seed ${seed}; @formio/core threw on ${refused} more`);
process.exitCode = same / cases >= 0.995 ? 0 : 1;
