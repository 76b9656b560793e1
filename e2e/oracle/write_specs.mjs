// Writes src/forms/tests/specs/*.json: every kind × rule × place, judged by @formio/core.
//
// What to ask is here; what comes out is never written by hand, save in differs.json, which this script does not touch.
import { mkdirSync, writeFileSync } from 'node:fs';
import { outcome } from './oracle.mjs';

const folder = new URL('../../src/forms/tests/specs/', import.meta.url);
mkdirSync(folder, { recursive: true });

const rule = (file) => `process/validation/rules/${file}.js`;
const normalize = 'process/normalize/index.js';
const REQUIRED = rule('validateRequired');
const MULTIPLE = rule('validateMultiple');
const ITEMS = rule('validateAvailableItems');

// Told in differs.json.
const DIFFERENT = new Set(['datagrid', 'editgrid'].map((kind) => `${kind} in a row: what becomes of it / nothing`));

const options = (...values) => values.map((value) => ({ label: `Lựa chọn ${value}`, value }));
const fields = (over = {}) => ({ day: {}, month: {}, year: {}, ...over });

// kind → [what, source, the component, [what is answered, answer]…]; `undefined` is no answer.
const NONE = [['nothing', undefined], ['null', null]];
const BLANK = [...NONE, ['a blank text', ''], ['blanks only', '   ']];
const lengths = (extra = {}) => [
  ['required', REQUIRED, { ...extra, validate: { required: true } }, [...BLANK, ['a text', 'Lan'], ['zero', '0']]],
  ['minLength', rule('validateMinimumLength'), { ...extra, validate: { minLength: 3 } }, [['too short', 'ab'], ['just long enough', 'abc'], ['blank is not too short', ''], ['letters of Vietnamese count once', 'Ấn'], ['outside the plane a letter counts twice', '𝄞a']]],
  ['minLength as text', rule('validateMinimumLength'), { ...extra, validate: { minLength: '3' } }, [['too short', 'ab'], ['long enough', 'abc']]],
  ['maxLength', rule('validateMaximumLength'), { ...extra, validate: { maxLength: 3 } }, [['too long', 'abcd'], ['just short enough', 'abc'], ['blank', '']]],
  ['maxLength left blank in the builder', rule('validateMaximumLength'), { ...extra, validate: { maxLength: '' } }, [['any length', 'abcdefgh']]],
  ['minWords', rule('validateMinimumWords'), { ...extra, validate: { minWords: 2 } }, [['one word', 'Lan'], ['two words', 'Thị Lan'], ['blanks around', ' Lan '], ['blank', ''], ['blanks only', '  ']]],
  ['maxWords', rule('validateMaximumWords'), { ...extra, validate: { maxWords: 2 } }, [['three words', 'Trần Thị Lan'], ['two words', 'Thị  Lan'], ['blank', '']]],
  ['pattern', rule('validateRegexPattern'), { ...extra, validate: { pattern: '[A-Z]\\d{2}' } }, [['fits', 'H13'], ['more than fits', 'H131'], ['does not fit', 'h13'], ['blank', '']]],
  ['pattern of two branches is anchored at the outer ends only', rule('validateRegexPattern'), { ...extra, validate: { pattern: 'a|b' } }, [['begins with the first', 'ax'], ['ends with the second', 'xb'], ['neither', 'xax']]],
  ['several rules at once', rule('index'), { ...extra, validate: { required: true, minLength: 4, pattern: '\\d+' } }, [['breaks two', 'ab'], ['breaks one', '12'], ['breaks none', '1234'], ['blank breaks required only', '']]],
];
/** Of both kinds of lists. */
const LIST = [
  ['required', REQUIRED, { components: [{ type: 'textfield', key: 'inner' }, { type: 'checkbox', key: 'tick' }], validate: { required: true } }, [...NONE, ['no row', []], ['an empty row', [{}]], ['a blank in a row', [{ inner: '' }]], ['not ticked', [{ tick: false }]], ['blanks only count', [{ inner: ' ' }]], ['something in a row', [{}, { inner: 'x' }]]]],
  ['what becomes of it', 'process/filter/index.js', { components: [{ type: 'textfield', key: 'inner', validate: { required: true } }, { type: 'number', key: 'count' }] }, [['nothing', undefined], ['no row', []], ['unknown keys', [{ inner: 'a', other: 'b' }]], ['an empty row at the end', [{ inner: 'a' }, {}]], ['an empty row before', [{}, { inner: 'a' }]], ['a row that is null', [null, { inner: 'a' }]], ['a row that is text', ['x', { inner: 'a' }]], ['a text', 'x'], ['null', null], ['numbers', [{ inner: 'a', count: '5' }, { inner: 'b', count: 'x' }]]]],
];

const KINDS = {
  textfield: [
    ...lengths(),
    ['wrong types', rule('index'), { validate: { required: true, minLength: 3, pattern: '\\d+' } }, [['a number', 5], ['true', true], ['false', false], ['an object', { a: 'b' }], ['an empty object', {}]]],
    ['min and max', rule('validateMinimumValue'), { validate: { min: 5, max: 10 } }, [['below', '3'], ['above', '12 mét'], ['within', '7.5'], ['no number', 'abc']]],
    ['one sentence for all rules is told once', 'error/FieldError.js', { validate: { required: true, minLength: 5, maxWords: 1, pattern: '[a-z]+', json: { '==': [{ var: 'input' }, 'abcdef'] }, custom: "valid = input === 'abcdef' ? true : 'no'", customMessage: 'Xin viết lại' } }, [['nothing', undefined], ['a blank', ''], ['too short, and of the wrong letters', 'A1'], ['too many words', 'abc def'], ['a list', []], ['right', 'abcdef']]],
    ['one sentence for all rules, and a check in a script', 'error/FieldError.js', { validate: { minLength: 3, onlyAvailableItems: true, custom: "valid = input === 'abc' ? true : 'no'", customMessage: 'Xin viết lại' } }, [['too short', 'a'], ['long enough', 'abcd'], ['right', 'abc']]],
    ['one answer wanted', MULTIPLE, {}, [['a list', ['a']], ['an empty list', []]]],
    ['multiple', MULTIPLE, { multiple: true }, [['nothing', undefined], ['null', null], ['one text', 'a'], ['a list', ['a', 'b']], ['an empty list', []], ['a list in a list', [['a']]]]],
    ['multiple and required', MULTIPLE, { multiple: true, validate: { required: true } }, [['nothing', undefined], ['an empty list', []], ['one text', 'a'], ['a blank item', ['a', '']], ['a list', ['a']]]],
    ['multiple with lengths', 'process/validation/index.js', { multiple: true, validate: { minLength: 2, maxLength: 3 } }, [['an item too short', ['abc', 'a']], ['an item too long is let pass', ['abcd']]]],
    ['truncateMultipleSpaces', normalize, { truncateMultipleSpaces: true, validate: { maxLength: 6 } }, [['blanks within and around', '  a   b '], ['none', 'ab']]],
    ['defaultValue', 'process/defaultValue/index.js', { defaultValue: 'Kinh', validate: { required: true } }, [['nothing', undefined], ['taken out', ''], ['null', null], ['another', 'Khmer']]],
    ['hidden: true', 'process/validation/index.js', { hidden: true, validate: { required: true, minLength: 3 } }, [['nothing', undefined], ['too short', 'a']]],
    ['persistent: false', 'process/validation/index.js', { persistent: false, validate: { minLength: 3 } }, [['too short', 'a']]],
    ['input: false', 'process/validation/index.js', { input: false, validate: { minLength: 3 } }, [['too short', 'a']]],
    ['a limit that is null', rule('validateMaximumLength'), { validate: { minLength: null, maxLength: null, pattern: null } }, [['any', 'abc']]],
  ],
  textarea: [...lengths(), ['multiple', MULTIPLE, { multiple: true }, [['nothing', undefined], ['one text', 'a'], ['a list', ['a', 'b']]]], ['one answer wanted', MULTIPLE, {}, [['a list is let pass', ['a']]]]],
  number: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['zero', 0], ['a blank text', ''], ['no number', 'abc'], ['a number as text', '12']]],
    ['min', rule('validateMinimumValue'), { validate: { min: 5 } }, [['below', 4.9], ['the limit', 5], ['below as text', '4'], ['nothing', undefined]]],
    ['max', rule('validateMaximumValue'), { validate: { max: 5 } }, [['above', 5.1], ['the limit', 5], ['above as text', '6'], ['nothing', undefined]]],
    ['limits as text', rule('validateMinimumValue'), { validate: { min: '0', max: '1e1' } }, [['below', -1], ['above', 11], ['within', 3]]],
    ['limits left blank in the builder', rule('validateMinimumValue'), { validate: { min: '', max: '' } }, [['any', -1e9]]],
    ['what becomes of it', normalize, {}, [['text', '12'], ['with blanks', ' 12 '], ['with an exponent', '1e2'], ['hexadecimal', '0x10'], ['half a number', '12abc'], ['a comma', '1,5'], ['true', true], ['an object', {}], ['a blank text', ''], ['a list of one', [7]], ['a fraction', 0.1]]],
    ['multiple', normalize, { multiple: true, validate: { min: 5 } }, [['a list', [7, '8']], ['an item below', [7, 3]], ['one number', 7], ['one number as text stays text', '7'], ['nothing', undefined]]],
    ['defaultValue', 'process/defaultValue/index.js', { defaultValue: 3, validate: { required: true } }, [['nothing: left to the client', undefined], ['a number', 4]]],
  ],
  currency: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['zero', 0], ['a blank text', ''], ['an amount', 50000]]],
    ['min and max', rule('validateMaximumValue'), { validate: { min: 1000, max: 50000 } }, [['below', 999], ['above', 50001], ['within', 1000], ['as text', '500'], ['nothing', undefined], ['no number', 'abc']]],
    ['what becomes of it', normalize, {}, [['text stays text', '1000'], ['a number', 1000]]],
  ],
  checkbox: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['not ticked', false], ['ticked', true], ['a blank text', ''], ['text', 'false']]],
    ['what becomes of it', normalize, {}, [['ticked', true], ['not ticked', false], ['nothing', undefined]]],
  ],
  selectboxes: [
    ['required', REQUIRED, { values: options('a', 'b'), validate: { required: true } }, [...NONE, ['none ticked', { a: false, b: false }], ['one ticked', { a: true, b: false }], ['no box', {}]]],
    ['minSelectedCount', rule('validateMinimumSelectedCount'), { values: options('a', 'b', 'c'), validate: { minSelectedCount: 2 } }, [['one', { a: true, b: false }], ['two', { a: true, b: true }], ['none is not too few', { a: false }], ['nothing', undefined]]],
    ['maxSelectedCount', rule('validateMaximumSelectedCount'), { values: options('a', 'b', 'c'), validate: { maxSelectedCount: 1 } }, [['two', { a: true, b: true }], ['one', { a: true }], ['none', { a: false }]]],
    ['onlyAvailableItems', ITEMS, { values: options('a', 'b'), validate: { onlyAvailableItems: true } }, [['known', { a: true }], ['unknown', { z: false }], ['nothing', undefined]]],
    ['onlyAvailableItems: the blank option of the builder', ITEMS, { values: [...options('a'), { label: '', value: '' }], validate: { onlyAvailableItems: true } }, [['the blank box', { '': false }], ['both', { a: true, '': false }], ['unknown', { z: true, '': false }]]],
    ['onlyAvailableItems: no list here', ITEMS, { dataSrc: 'url', data: { url: 'https://example.vn/wards' }, values: options('a'), validate: { onlyAvailableItems: true } }, [['known', { a: true }], ['unknown', { z: true }]]],
    ['what becomes of it', normalize, { values: options('a', 'b') }, [['nothing', undefined], ['null', null], ['a text', 'a'], ['a list', ['a', 'b']], ['a number', 5], ['a blank text', '']]],
  ],
  radio: [
    ['required', REQUIRED, { values: options('a', 'b'), validate: { required: true } }, [...NONE, ['a blank text', ''], ['chosen', 'a'], ['false', 'false']]],
    ['onlyAvailableItems', ITEMS, { values: options('a', 'b', '1'), validate: { onlyAvailableItems: true } }, [['known', 'a'], ['unknown', 'z'], ['numbers are never looked up', '7'], ['blank', '']]],
    ['onlyAvailableItems: no list here', ITEMS, { dataSrc: 'url', data: { url: 'https://example.vn/wards' }, values: options('a'), validate: { onlyAvailableItems: true } }, [['known', 'a'], ['unknown', 'z']]],
    ['onlyAvailableItems: no list at all', ITEMS, { validate: { onlyAvailableItems: true } }, [['some', 'a']]],
    ['what becomes of it', normalize, { values: options('a', '1', 'true') }, [['a number', '1'], ['true', 'true'], ['false', 'false'], ['leading zero', '007'], ['a code of many digits', '012345678901234567890'], ['text', 'a']]],
    ['dataType string', normalize, { dataType: 'string', defaultValue: 'x', values: options('1', 'true') }, [['a number', '1'], ['true', 'true'], ['a real number', 1]]],
    ['dataType number', normalize, { dataType: 'number', defaultValue: '2', values: options('1', '2') }, [['a number', '1']]],
    ['dataType boolean', normalize, { dataType: 'boolean', defaultValue: 'true', values: options('true', 'false') }, [['true', 'true'], ['false', 'false']]],
  ],
  select: [
    ['required', REQUIRED, { data: { values: options('a', 'b') }, validate: { required: true } }, [...NONE, ['a blank text', ''], ['chosen', 'a'], ['an empty object', {}]]],
    ['onlyAvailableItems', ITEMS, { data: { values: options('a', 'b', '1') }, validate: { onlyAvailableItems: true } }, [['known', 'a'], ['unknown', 'z'], ['numbers are never looked up', '7'], ['an object', { value: 'a' }], ['blank', '']]],
    ['what becomes of it', normalize, { data: { values: options('a', '31117', 'true') } }, [['a number', '31117'], ['true in any case', 'TRUE'], ['leading zero', '007'], ['text', 'a'], ['a real number', 5], ['an object', { code: '1' }]]],
    ['dataType string', normalize, { dataType: 'string', data: { values: options('31117') } }, [['a code stays text', '31117'], ['a number becomes text', 31117], ['true', true]]],
    ['dataType number', normalize, { dataType: 'number', data: { values: options('1') } }, [['a number', '1'], ['no number', 'a']]],
    ['dataType boolean', normalize, { dataType: 'boolean', data: { values: options('true') } }, [['true', 'true'], ['no', 'a']]],
    ['multiple', normalize, { multiple: true, data: { values: options('a', '1') }, validate: { onlyAvailableItems: true } }, [['nothing', undefined], ['a list', ['a', '1']], ['one', 'a'], ['an unknown item', ['a', 'z']]]],
    ['multiple and required', REQUIRED, { multiple: true, data: { values: options('a') }, validate: { required: true } }, [['nothing', undefined], ['an empty list', []], ['a list', ['a']]]],
    ['onlyAvailableItems: the value at a path is not looked up', ITEMS, { dataSrc: 'json', data: { json: [{ name: 'A', code: { ward: 'a' } }, { name: 'B', 'code.ward': 'b' }] }, valueProperty: 'code.ward', validate: { onlyAvailableItems: true } }, [['at the path', 'a'], ['by the name', 'b'], ['unknown', 'z'], ['nothing', undefined]]],
    ['a list at the backend', 'process/validation/rules/validateAvailableItems.js', { dataSrc: 'resource', data: { resource: 'wards' }, dataType: 'string', validate: { required: true, onlyAvailableItems: true } }, [['any code', '31117'], ['nothing', undefined]]],
  ],
  day: [
    ['required', REQUIRED, { dayFirst: true, fields: fields(), validate: { required: true } }, [...NONE, ['a blank text', ''], ['all parts open', '00/00/0000'], ['a day', '01/02/2000'], ['a year alone', '00/00/1990']]],
    ['day', rule('validateDay'), { dayFirst: true, fields: fields() }, [['29 February of a leap year', '29/02/2024'], ['29 February of another', '29/02/2023'], ['31 April', '31/04/2020'], ['month 13', '01/13/2020'], ['a year alone', '00/00/1990'], ['month and year', '00/05/1990'], ['text', 'hôm qua'], ['a year only', '1990'], ['not padded', '1/2/2000'], ['1900 was no leap year', '29/02/1900']]],
    ['day, month first', rule('validateDay'), { fields: fields() }, [['a day', '02/29/2024'], ['no day', '31/12/2020']]],
    ['required parts', rule('validateRequiredDay'), { dayFirst: true, fields: fields({ day: { required: true }, month: { required: true }, year: { required: true } }) }, [['nothing', undefined], ['a blank text', ''], ['the day is open', '00/05/1990'], ['the month is open', '05/00/1990'], ['the year is open', '05/05/0000'], ['whole', '05/05/1990']]],
    ['the year is required', rule('validateRequiredDay'), { dayFirst: true, fields: fields({ year: { required: true } }) }, [['a year alone', '00/00/1990'], ['no year', '05/05/0000']]],
    ['the day is left out', rule('validateDay'), { dayFirst: true, fields: fields({ day: { hide: true } }) }, [['month and year', '05/1990'], ['no month', '13/1990']]],
    ['minDate and maxDate', rule('validateMinimumDay'), { dayFirst: true, fields: fields(), minDate: '2000-01-10', maxDate: '2000-12-31' }, [['before', '09/01/2000'], ['the first', '10/01/2000'], ['the last', '31/12/2000'], ['after', '01/01/2001'], ['a year alone is not compared', '00/00/1990'], ['nothing', undefined]]],
    ['years of the day that are not those of its part', rule('validateMaximumYear'), { fields: fields({ year: { minYear: '1900', maxYear: 2000 } }), minYear: 1900, maxYear: 1990 }, [['before', '01/01/1899'], ['after', '01/01/2001']]],
    ['years of the part alone, as text', rule('validateMaximumYear'), { fields: fields({ year: { minYear: '1900', maxYear: '2000' } }) }, [['before', '01/01/1899'], ['after', '01/01/2001']]],
    ['years that are no numbers', rule('validateMaximumYear'), { fields: fields(), minYear: 'moment().year()', maxYear: 'none' }, [['any', '01/01/2020'], ['no year', '01/01/0000'], ['blank', '']]],
    ['minYear and maxYear', rule('validateMaximumYear'), { dayFirst: true, fields: fields(), minYear: 1900, maxYear: 2000 }, [['before', '01/01/1899'], ['within', '01/01/1900'], ['after', '00/00/2001']]],
  ],
  datetime: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['a blank text', ''], ['a date', '2024-05-01']]],
    ['date', rule('validateDate'), {}, [['a date', '2024-05-01'], ['a date and time', '2024-05-01T08:30:00+07:00'], ['in UTC', '2024-05-01T01:30:00.000Z'], ['month 13', '2024-13-01'], ['day 32', '2024-01-32'], ['30 February runs on', '2024-02-30'], ['text', 'not a date'], ['a number', 5], ['blank', '']]],
    ['minDate and maxDate', rule('validateMinimumDate'), { widget: { minDate: '2024-01-01', maxDate: '2024-12-31', enableTime: false } }, [['before', '2023-12-31'], ['the first', '2024-01-01'], ['the last, late', '2024-12-31T23:59:59+07:00'], ['after', '2025-01-01T00:00:00+07:00'], ['nothing', undefined], ['no date', 'x']]],
    ['limits counted from today', rule('validateMinimumDate'), { widget: { minDate: "moment().subtract(1, 'month').startOf('day')", maxDate: "moment().startOf('day').add(2, 'days')", enableTime: false } }, [['before', '2026-10-21'], ['the first', '2026-10-22T00:00:00+07:00'], ['the last', '2026-11-24T23:00:00+07:00'], ['after', '2026-11-25']]],
    ['limits with a time', rule('validateMaximumDate'), { widget: { minDate: '2024-01-01T08:00:00+07:00', maxDate: '2024-01-01T17:00:00+07:00', enableTime: true } }, [['before', '2024-01-01T07:59:59+07:00'], ['within', '2024-01-01T05:00:00Z'], ['after', '2024-01-01T17:00:01+07:00']]],
  ],
  email: [
    ...lengths().filter(([what]) => !what.includes('branches')),
    ['email', rule('validateEmail'), {}, [['an address', 'lan@cantho.gov.vn'], ['capitals and blanks are put right', ' Lan@CanTho.Gov.VN '], ['no sign', 'lan.cantho.gov.vn'], ['two signs', 'a@b@c.vn'], ['no domain', 'lan@'], ['no dot', 'lan@cantho'], ['quoted', '"lan thi"@cantho.vn'], ['an IP address', 'lan@[10.0.0.1]'], ['a number too long', 'lan@[1000.0.0.1]'], ['dots together', 'a..b@c.vn'], ['letters of Vietnamese before the sign', 'lân@c.vn'], ['after the sign', 'lan@cầnthơ.vn'], ['one letter at the end', 'a@b.c'], ['blank', ''], ['a number', 5]]],
    ['multiple', MULTIPLE, { multiple: true }, [['a list', ['a@b.vn', 'c@d.vn']], ['one of them wrong', ['a@b.vn', 'x']], ['one', 'a@b.vn']]],
  ],
  phoneNumber: [
    ...lengths(),
    ['inputMask', rule('validateMask'), { inputMask: '(999) 999-9999' }, [['fits', '(091) 234-5678'], ['too short', '(091) 234-567'], ['too long', '(091) 234-56789'], ['other signs', '091-234-5678-9'], ['blank', ''], ['a number', 5]]],
    ['inputMask of letters', rule('validateMask'), { inputMask: 'Aa-9*' }, [['fits', 'Ab-1c'], ['wrong case', 'AB-1c'], ['a letter missing at the end passes', 'Ab-1']]],
  ],
  file: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['no file', []], ['a file', [{ name: 'a-1.pdf', originalName: 'a.pdf', size: 5 }]]]],
    ['multiple', MULTIPLE, { multiple: true }, [['nothing', undefined], ['two files', [{ name: 'a' }, { name: 'b' }]], ['no file', []]]],
    ['multiple and required', MULTIPLE, { multiple: true, validate: { required: true } }, [['nothing', undefined], ['no file', []], ['a file', [{ name: 'a' }]], ['an empty object', [{}]]]],
  ],
  hidden: [
    ['required', REQUIRED, { validate: { required: true } }, [...NONE, ['a text', 'x'], ['false counts', false]]],
    ['what becomes of it', normalize, {}, [['a text', 'x'], ['an object', { a: 1 }], ['nothing', undefined]]],
    ['pattern', rule('validateRegexPattern'), { validate: { pattern: '\\d+' } }, [['fits', '12'], ['does not', 'x']]],
  ],
  container: [
    ['required', REQUIRED, { components: [{ type: 'textfield', key: 'inner' }], validate: { required: true } }, [...NONE, ['nothing inside', {}], ['a blank inside', { inner: ' ' }], ['something inside', { inner: 'x' }], ['something unknown inside', { other: 'x' }]]],
    ['what becomes of it', 'process/filter/index.js', { components: [{ type: 'textfield', key: 'inner', validate: { required: true } }] }, [['nothing', undefined], ['a text', 'x'], ['unknown keys', { inner: 'a', other: 'b' }]]],
  ],
  datagrid: LIST,
  editgrid: LIST,
};

const PLACES = {
  'at the top': {
    form: (field) => [field],
    answers: (value) => (value === undefined ? {} : { field: value }),
  },
  'in a container': {
    form: (field) => [{ type: 'container', key: 'box', input: true, components: [field] }],
    answers: (value) => ({ box: value === undefined ? {} : { field: value } }),
  },
  'in a row': {
    form: (field) => [{ type: 'datagrid', key: 'rows', input: true, components: [{ type: 'textfield', key: 'name', input: true }, field] }],
    answers: (value) => ({ rows: [{ name: 'một' }, value === undefined ? { name: 'hai' } : { name: 'hai', field: value }] }),
  },
  'under a hidden parent': {
    form: (field) => [
      { type: 'checkbox', key: 'show', input: true },
      { type: 'fieldset', key: 'group', input: false, conditional: { show: true, when: 'show', eq: 'true' }, components: [field] },
    ],
    answers: (value) => (value === undefined ? { show: false } : { show: false, field: value }),
  },
};

function spec(description, source, components, cases) {
  const form = Array.isArray(components) ? { display: 'form', components } : components;
  return {
    description,
    source,
    form,
    cases: cases.flatMap(([what, answers]) => {
      if (DIFFERENT.has(`${description} / ${what}`)) return [];
      let judged;
      try {
        judged = outcome(form, answers);
      } catch {
        return []; // @formio/core throws: it says nothing.
      }
      return [{ description: what, answers, outcome: judged }];
    }),
  };
}

let total = 0;
function write(name, specs) {
  total += specs.reduce((sum, it) => sum + it.cases.length, 0);
  // One case a line: a difference is read by people.
  const text = specs.map(({ cases, ...head }) => {
    const lines = cases.map((it) => `    ${JSON.stringify(it)}`).join(',\n');
    return `{ ${JSON.stringify(head).slice(1, -1)},\n  "cases": [\n${lines}\n  ] }`;
  });
  writeFileSync(new URL(`${name}.json`, folder), `[\n${text.join(',\n')}\n]\n`);
}

for (const [type, rules] of Object.entries(KINDS)) {
  const specs = [];
  for (const [what, source, component, cases] of rules) {
    for (const [place, { form, answers }] of Object.entries(PLACES)) {
      const field = { type, key: 'field', label: 'Trường', input: true, ...component };
      specs.push(spec(`${type} ${place}: ${what}`, source, form(field), cases.map(([told, value]) => [told, answers(value)])));
    }
  }
  write(type, specs);
}

// Layout: no data, no rules; what is inside counts.
const inner = { type: 'textfield', key: 'inner', input: true, validate: { required: true } };
const layouts = {
  fieldset: { type: 'fieldset', key: 'group', input: false, legend: 'Nhóm', components: [inner] },
  panel: { type: 'panel', key: 'group', input: false, title: 'Nhóm', components: [inner] },
  columns: { type: 'columns', key: 'group', input: false, columns: [{ width: 6, components: [inner] }, { width: 6, components: [{ type: 'textfield', key: 'other', input: true }] }] },
};
const when = { show: true, when: 'show', eq: 'yes' };
const show = { type: 'textfield', key: 'show', input: true };
write('layout', [
  ...Object.entries(layouts).flatMap(([name, layout]) => [
    spec(`${name} at the top: what is inside is checked and kept without its key`, 'utils/formUtil/index.js', [layout], [['blank', {}], ['answered', { inner: 'a', group: { inner: 'b' } }]]),
    spec(`${name} with a condition: what is inside is cleared with it`, 'process/clearHidden/index.js', [show, { ...layout, conditional: when }], [['hidden', { inner: 'a' }], ['shown and blank', { show: 'yes' }], ['shown', { show: 'yes', inner: 'a' }]]),
    spec(`${name} with hidden: true: what is inside is kept and not checked`, 'process/clearHidden/index.js', [{ ...layout, hidden: true }], [['blank', {}], ['answered', { inner: 'a' }]]),
    spec(`${name} in a container`, 'utils/formUtil/index.js', [show, { type: 'container', key: 'box', input: true, components: [{ ...layout, conditional: when }] }], [['hidden', { box: { inner: 'a' } }], ['shown', { show: 'yes', box: {} }]]),
    spec(`${name} in a row`, 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [layout] }], [['two rows', { rows: [{ inner: 'a' }, {}] }]]),
    spec(`${name} in a row with a condition of the row: the last row names it`, 'process/conditions/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [show, { ...layout, conditional: { ...when, when: 'rows.show' } }] }], [['hidden in the first', { rows: [{ show: 'no', inner: 'a' }, { show: 'yes', inner: 'b' }] }], ['hidden in the last', { rows: [{ show: 'yes', inner: 'a' }, { show: 'no', inner: 'b' }] }]]),
    spec(`${name} under a hidden parent`, 'process/clearHidden/index.js', [show, { type: 'fieldset', key: 'outer', input: false, conditional: when, components: [{ ...layout, conditional: { show: true, when: 'show', eq: 'other' } }] }], [['both hidden', { inner: 'a' }], ['the outer one shown', { show: 'yes', inner: 'a' }]]),
  ]),
  spec('kinds without a type of their own hold no data with input: false', 'utils/formUtil/index.js', [{ type: 'textarea', key: 'area', input: false, validate: { required: true } }, { type: 'hidden', key: 'data', input: false }, { type: 'textfield', key: 'line', input: false, validate: { required: true } }], [['answered', { area: 'a', data: 'b', line: 'c' }], ['blank', {}]]),
  spec('content at the top: nothing to check', 'utils/formUtil/index.js', [show, { type: 'content', key: 'text', input: false, html: '<p>Xin chào</p>', conditional: when }], [['hidden', {}], ['shown', { show: 'yes' }]]),
  spec('content in a panel is named by its key alone', 'process/conditions/index.js', [show, { type: 'panel', key: 'group', input: false, components: [{ type: 'content', key: 'text', input: false, html: 'Xin chào', conditional: when }] }], [['hidden', {}]]),
  ...[['', (inner) => inner], [', in a panel', (inner) => [{ type: 'panel', key: 'panel', input: false, components: inner }]]].flatMap(([where, around]) => {
    const note = (key, more = { conditional: when }) => ({ type: 'htmlelement', key, input: false, content: 'Xin chào', ...more });
    const inner = { type: 'textfield', key: 'inner', input: true, validate: { required: true } };
    const box = (components, more = {}) => [show, { type: 'container', key: 'box', input: true, validate: { required: true }, ...more, components: around(components) }];
    const boxes = [['hidden and nothing', {}], ['hidden and empty', { box: {} }], ['hidden and blank', { box: { inner: '' } }], ['hidden and answered', { box: { inner: 'a', other: 'b' } }], ['shown and empty', { show: 'yes', box: {} }], ['shown and blank', { show: 'yes', box: { inner: '' } }], ['shown and answered', { show: 'yes', box: { inner: 'a' } }]];
    const rows = (type) => [show, { type, key: 'rows', input: true, validate: { required: true }, components: around([{ type: 'textfield', key: 'kind' }, note('text', { conditional: { ...when, when: 'rows.kind' } }), inner]) }];
    return [
      spec(`text in a container has its path${where}`, 'utils/formUtil/index.js', box([note('text', {}), inner]), boxes),
      spec(`the condition of text in a container counts for the container${where}`, 'process/conditions/index.js', box([note('text'), inner]), boxes),
      spec(`of two texts in a container the last tells${where}`, 'process/conditions/index.js', box([note('one'), note('two', { conditional: { ...when, show: false } }), inner]), boxes),
      spec(`text in a container that has a condition of its own${where}`, 'process/conditions/index.js', box([note('text', { conditional: { ...when, show: false } }), inner], { conditional: when }), boxes),
      ...['datagrid', 'editgrid'].map((type) => spec(`text in a row of ${type} has the path of the row${where}`, 'process/conditions/index.js', rows(type), [['nothing', {}], ['an empty row', { rows: [{}] }], ['one hidden', { rows: [{ kind: 'yes', inner: 'a' }, { kind: 'no' }] }], ['the other hidden', { rows: [{ inner: 'a' }, { kind: 'yes' }] }]])),
    ];
  }),
]);

// Conditions.
const text = (key, more = {}) => ({ type: 'textfield', key, input: true, ...more });
const required = { validate: { required: true } };
const simple = (operator, value, more = {}) => ({ show: true, conjunction: 'all', conditions: [{ component: 'asked', operator, value }], ...more });
const asked = { text: text('asked'), number: { type: 'number', key: 'asked', input: true }, boxes: { type: 'selectboxes', key: 'asked', input: true, values: options('a', 'b') }, several: text('asked', { multiple: true }), box: { type: 'checkbox', key: 'asked', input: true }, date: { type: 'datetime', key: 'asked', input: true }, grid: { type: 'datagrid', key: 'asked', input: true, components: [text('name')] }, container: { type: 'container', key: 'asked', input: true, components: [text('name')] }, select: { type: 'select', key: 'asked', input: true, data: { values: options('a', '5') } }, area: { type: 'textarea', key: 'asked', input: true } };
const values = {
  text: [undefined, null, '', ' ', 'a', 'ab', '5', 'true', 5, true],
  number: [undefined, 0, 5, 6, '5', 'x'],
  boxes: [undefined, {}, { a: true, b: false }, { a: false }, 'a'],
  several: [undefined, [], ['a'], ['b', 'a'], ['b']],
  box: [undefined, true, false],
  date: [undefined, '', '2024-05-01', '2024-04-30', '2024-05-01T00:00:00+07:00', 'x', '2024-02-30'],
  grid: [undefined, [], [{}], [{ name: '' }], [{ name: 'a' }]],
  container: [undefined, {}, { name: '' }, { name: 'a' }],
  select: [undefined, 'a', '5', 5, { label: 'A', value: 'a' }],
  area: [undefined, '', '  ', 'a'],
};
const ask = (kind, conditional) => [asked[kind], text('field', { conditional, ...required })];
const over = (kind) => values[kind].map((value) => [JSON.stringify(value) ?? 'nothing', value === undefined ? { field: 'x' } : { asked: value, field: 'x' }]);
const CONDITIONS = 'utils/conditions.js';
const operatorFile = (operator) => `utils/operators/${{ isEqual: 'IsEqualTo', isNotEqual: 'IsNotEqualTo', isEmpty: 'IsEmptyValue', isNotEmpty: 'IsNotEmptyValue', includes: 'Includes', notIncludes: 'NotIncludes', startsWith: 'StartsWith', endsWith: 'EndsWith', greaterThan: 'GreaterThan', greaterThanOrEqual: 'GreaterThanOrEqual', lessThan: 'LessThan', lessThanOrEqual: 'LessThanOrEqual', dateGreaterThan: 'DateGreaterThan', dateGreaterThanOrEqual: 'DateGreaterThanOrEqual', dateLessThan: 'DateLessThan', dateLessThanOrEqual: 'DateLessThanOrEqual', isDateEqual: 'IsDateEqual', isNotDateEqual: 'IsNotDateEqual' }[operator]}.js`;

const conditionSpecs = [];
for (const kind of Object.keys(asked)) {
  for (const eq of kind === 'box' ? ['true', true] : kind === 'number' ? [5, '5'] : ['a', '']) {
    conditionSpecs.push(spec(`when ${kind} eq ${JSON.stringify(eq)}`, CONDITIONS, ask(kind, { show: true, when: 'asked', eq }), over(kind)));
    conditionSpecs.push(spec(`hidden when ${kind} eq ${JSON.stringify(eq)}`, CONDITIONS, ask(kind, { show: 'false', when: 'asked', eq }), over(kind)));
  }
  const comparedWith = { number: [5, '5'], boxes: ['a'], box: [true, 'true'], date: ['2024-05-01'], select: ['a', '5', 5], several: ['a'], text: ['a', '5', 5, ''], grid: [''], container: [''], area: ['a'] }[kind];
  const operators = ['isEqual', 'isNotEqual', 'isEmpty', 'isNotEmpty', 'includes', 'notIncludes', 'startsWith', 'endsWith', ...(kind === 'number' || kind === 'select' ? ['greaterThan', 'greaterThanOrEqual', 'lessThan', 'lessThanOrEqual'] : []), ...(kind === 'date' ? ['dateGreaterThan', 'dateGreaterThanOrEqual', 'dateLessThan', 'dateLessThanOrEqual', 'isDateEqual', 'isNotDateEqual'] : [])];
  for (const operator of operators) {
    for (const value of operator.endsWith('mpty') ? [undefined] : comparedWith) {
      conditionSpecs.push(spec(`${kind} ${operator} ${value === undefined ? '' : JSON.stringify(value)}`.trim(), operatorFile(operator), ask(kind, simple(operator, value)), over(kind)));
    }
  }
}
const two = [text('one'), text('two')];
const conditionsOfTwo = [{ component: 'one', operator: 'isEqual', value: 'a' }, { component: 'two', operator: 'isEqual', value: 'b' }];
const fourWays = [['neither', { field: 'x' }], ['the first', { one: 'a', field: 'x' }], ['the second', { two: 'b', field: 'x' }], ['both', { one: 'a', two: 'b', field: 'x' }]];
for (const conjunction of ['all', 'any']) {
  for (const showIt of [true, false, 'true', 'false']) {
    conditionSpecs.push(spec(`${conjunction} of two, show ${JSON.stringify(showIt)}`, CONDITIONS, [...two, text('field', { conditional: { show: showIt, conjunction, conditions: conditionsOfTwo } })], fourWays));
  }
}
conditionSpecs.push(
  spec('no conditions in the list: shown', CONDITIONS, [text('field', { conditional: { show: true, conjunction: 'all', conditions: [] } })], [['any', { field: 'x' }]]),
  spec('the builder leaves an empty condition behind', CONDITIONS, [text('field', { conditional: { show: null, when: null, eq: '' } })], [['any', { field: 'x' }]]),
  spec('a condition on a component that does not exist', CONDITIONS, [text('field', { conditional: simple('isEqual', 'a', { conditions: [{ component: 'nowhere', operator: 'isEqual', value: 'a' }] }) }), text('other', { conditional: { show: true, when: 'nowhere', eq: 'a' } })], [['no data', { field: 'x', other: 'y' }], ['stray data', { nowhere: 'a', field: 'x', other: 'y' }]]),
  spec('the list counts where a component has several forms of condition', 'process/conditions/index.js', [...two, text('field', { conditional: { show: true, when: 'one', eq: 'a', conjunction: 'all', conditions: [conditionsOfTwo[1]] } })], fourWays),
  spec('an option of boxes by its path', 'utils/formUtil/index.js', [asked.boxes, text('field', { conditional: { show: true, when: 'asked.a', eq: 'true' } })], over('boxes')),
);
const logic = (rule) => text('field', { conditional: { json: rule } });
for (const rule of [{ '==': [{ var: 'data.asked' }, 'a'] }, { '===': [{ var: 'data.asked' }, 5] }, { var: 'data.asked' }, { '!': { var: 'data.asked' } }, { '!!': { var: 'data.asked' } }, { in: [{ var: 'data.asked' }, ['a', 'b']] }, { and: [{ '!=': [{ var: 'data.asked' }, ''] }, { '>': [{ var: 'data.asked' }, 3] }] }, { or: [{ '==': [{ var: 'data.asked' }, null] }, { '<': [1, { var: 'data.asked' }, 10] }] }, { if: [{ '==': [{ var: 'data.asked' }, 'a'] }, true, false] }, { '==': [{ var: 'row.asked' }, 'a'] }, { missing: ['data.asked'] }, { '==': [{ cat: [{ var: 'data.asked' }, 'b'] }, 'ab'] }]) {
  conditionSpecs.push(spec(`JSONLogic ${JSON.stringify(rule)}`, 'utils/Evaluator.js', [asked.text, logic(rule)], over('text')));
}
conditionSpecs.push(
  spec('JSONLogic over a list', 'utils/Evaluator.js', [{ type: 'datagrid', key: 'rows', input: true, components: [{ type: 'number', key: 'age', input: true }] }, logic({ some: [{ var: 'data.rows' }, { '<': [{ var: 'age' }, 18] }] })], [['a child', { rows: [{ age: 40 }, { age: 7 }], field: 'x' }], ['no child', { rows: [{ age: 40 }], field: 'x' }], ['no row', { field: 'x' }]]),
  spec('JSONLogic counts rows', 'utils/Evaluator.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('name')] }, logic({ '>': [{ var: 'data.rows.length' }, 1] })], [['two', { rows: [{ name: 'a' }, { name: 'b' }], field: 'x' }], ['one', { rows: [{ name: 'a' }], field: 'x' }]]),
  spec('a condition within a row asks the same row', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), text('byPath', { conditional: { show: true, when: 'rows.kind', eq: 'a' }, ...required }), text('byLogic', { conditional: { json: { '==': [{ var: 'row.kind' }, 'a'] } } }), text('byList', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'rows.kind', operator: 'isEqual', value: 'a' }] } })] }], [['two rows', { rows: [{ kind: 'a', byPath: '', byLogic: '1', byList: '1' }, { kind: 'b', byPath: '2', byLogic: '2', byList: '2' }] }], ['the other way', { rows: [{ kind: 'b', byPath: '1' }, { kind: 'a' }] }]]),
  ...['datagrid', 'editgrid'].map((type) => spec(`a condition within an inner row of ${type} asks the outer row of its own number`, 'utils/formUtil/index.js', [{ type, key: 'outer', input: true, components: [text('kind'), { type, key: 'inner', input: true, components: [text('a', { conditional: { show: true, when: 'outer.kind', eq: 'x' } }), text('b', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'outer.kind', operator: 'isEqual', value: 'x' }] } })] }] }], [['two by two', { outer: [{ kind: 'x', inner: [{ a: '1', b: '1' }, { a: '2', b: '2' }] }, { kind: 'y', inner: [{ a: '3', b: '3' }, { a: '4', b: '4' }] }] }], ['more inner rows', { outer: [{ kind: 'x', inner: [{ a: '1' }, { a: '2' }] }] }]])),
  spec('a bare key within a row asks the first row', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), text('field', { conditional: { show: true, when: 'kind', eq: 'a' } })] }], [['first row a', { rows: [{ kind: 'a', field: '1' }, { kind: 'b', field: '2' }] }], ['first row b', { rows: [{ kind: 'b', field: '1' }, { kind: 'a', field: '2' }] }]]),
  spec('from outside, a list answers with its first row', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind')] }, text('field', { conditional: { show: true, when: 'rows.kind', eq: 'a' } })], [['first row a', { rows: [{ kind: 'a' }, { kind: 'b' }], field: 'x' }], ['second row a', { rows: [{ kind: 'b' }, { kind: 'a' }], field: 'x' }], ['no row', { rows: [], field: 'x' }], ['nothing', { field: 'x' }]]),
  spec('a condition by full path, with the keys of the layout', 'utils/formUtil/index.js', [{ type: 'panel', key: 'panel', input: false, components: [text('asked')] }, text('field', { conditional: { show: true, when: 'panel.asked', eq: 'a' } })], over('text')),
  spec('a condition on something in a container', 'utils/formUtil/index.js', [{ type: 'container', key: 'box', input: true, components: [text('asked')] }, text('byPath', { conditional: { show: true, when: 'box.asked', eq: 'a' } }), text('byKey', { conditional: { show: true, when: 'asked', eq: 'a' } })], [['a', { box: { asked: 'a' }, byPath: '1', byKey: '2' }], ['b', { box: { asked: 'b' }, byPath: '1', byKey: '2' }]]),
  spec('a day is read as JavaScript reads it, whatever its order', 'utils/operators/DateGreaterThan.js', [{ type: 'day', key: 'asked', input: true, dayFirst: true, fields: fields() }, text('field', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'asked', operator: 'dateGreaterThan', value: '2010-06-01' }] } })], [['5 July', { asked: '05/07/2010', field: 'x' }], ['no day of a month', { asked: '25/07/2010', field: 'x' }], ['7 May', { asked: '07/05/2010', field: 'x' }]]),
  spec('an address that names no map service', 'utils/utils.js', [{ type: 'address', key: 'asked', input: true, ...required }, { type: 'address', key: 'old', input: true, map: { region: '', key: '' }, ...required }], [['nothing', {}], ['an empty one', { asked: {}, old: {} }], ['found', { asked: { place_id: 1 }, old: { formatted_address: 'x' } }]]),
  spec('is an address answered? What a search in a map service found is not asked for', 'utils/formUtil/index.js', [{ type: 'address', key: 'home', input: true }, text('field', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'home', operator: 'isNotEmpty' }] } })], [['a mode alone', { home: { mode: 'autocomplete', address: {} }, field: 'x' }], ['found', { home: { mode: 'autocomplete', address: { city: 'Cần Thơ' } }, field: 'x' }], ['blank', { home: { street: '' }, field: 'x' }], ['written', { home: { street: '12 Hòa Bình' }, field: 'x' }]]),
);
write('conditions', conditionSpecs);

// What hiding does.
const chain = [text('one'), text('two', { conditional: { show: true, when: 'one', eq: 'a' } }), text('three', { conditional: { show: true, when: 'two', eq: 'b' }, ...required })];
const CLEAR = 'process/clearHidden/index.js';
const hide = (component, more = {}) => [show, { ...component, conditional: when, ...more }];
write('hiding', [
  spec('what is hidden has no answer for conditions that ask it', CLEAR, chain, [['shown', { one: 'a', two: 'b', three: '' }], ['hidden by the second', { one: 'x', two: 'b', three: 'c' }], ['all answered', { one: 'a', two: 'b', three: 'c' }]]),
  spec('clearOnHide: false keeps the answer and does not check it', CLEAR, hide(text('field', required), { clearOnHide: false }), [['hidden', { field: 'x' }], ['hidden and blank', { field: '' }], ['shown', { show: 'yes', field: '' }]]),
  spec('an answer kept while hidden still counts for conditions', CLEAR, [...hide(text('kept'), { clearOnHide: false }), text('field', { conditional: { show: true, when: 'kept', eq: 'a' } })], [['kept', { kept: 'a', field: 'x' }]]),
  spec('hidden: true is data, not a condition', CLEAR, [text('field', { hidden: true, ...required }), text('other', { conditional: { show: true, when: 'field', eq: 'a' } })], [['answered', { field: 'a', other: 'x' }], ['blank', { other: 'x' }]]),
  spec('type hidden is data and is checked', REQUIRED, [{ type: 'hidden', key: 'field', input: true, ...required }], [['blank', {}], ['answered', { field: 'a' }]]),
  spec('validateWhenHidden checks what was cleared', 'process/validation/index.js', hide(text('field', { validateWhenHidden: true, ...required })), [['hidden', { field: 'x' }]]),
  spec('a hidden container goes whole', CLEAR, hide({ type: 'container', key: 'box', input: true, components: [text('a', { clearOnHide: false }), text('b', required)] }), [['hidden', { box: { a: '1', b: '2' } }], ['shown', { show: 'yes', box: { a: '1' } }]]),
  spec('a container that keeps its answers loses those of components that do not', CLEAR, hide({ type: 'container', key: 'box', input: true, clearOnHide: false, components: [text('a', { clearOnHide: false }), text('b', required)] }), [['hidden', { box: { a: '1', b: '2' } }]]),
  spec('a hidden list goes whole', CLEAR, hide({ type: 'datagrid', key: 'rows', input: true, components: [text('a', required)] }), [['hidden', { rows: [{ a: '1' }, {}] }], ['shown', { show: 'yes', rows: [{ a: '1' }, {}] }], ['shown without rows', { show: 'yes' }]]),
  spec('a list that keeps its answers', CLEAR, hide({ type: 'datagrid', key: 'rows', input: true, clearOnHide: false, components: [text('a', { clearOnHide: false }), text('b')] }), [['hidden', { rows: [{ a: '1', b: '2' }] }]]),
  spec('a component hidden in one row only', CLEAR, [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), text('a', { conditional: { show: true, when: 'rows.kind', eq: 'x' }, ...required })] }], [['two rows', { rows: [{ kind: 'x', a: '' }, { kind: 'y', a: '2' }] }]]),
  spec('a default is set where nothing is answered, and cleared while hidden', 'process/defaultValue/index.js', hide(text('field', { defaultValue: 'mặc định' })), [['hidden', {}], ['shown', { show: 'yes' }], ['taken out', { show: 'yes', field: '' }]]),
  spec('a default counts for later conditions', 'process/defaultValue/index.js', [text('asked', { defaultValue: 'a' }), text('field', { conditional: { show: true, when: 'asked', eq: 'a' } })], [['nothing', { field: 'x' }], ['another', { asked: 'b', field: 'x' }]]),
  spec('what logic sets is submitted, in place of a default number too, which is left to the client', 'process/defaultValue/index.js', [text('asked'), { type: 'number', key: 'field', input: true, defaultValue: 5, logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'asked', eq: 'a' } }, actions: [{ name: 'v', type: 'value', value: 'value = 7' }] }] }], [['set', { asked: 'a' }], ['not set', { asked: 'b' }], ['given and set', { asked: 'a', field: 2 }], ['given', { asked: 'b', field: 2 }]]),
  spec('a default in a row', 'process/defaultValue/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('a', { defaultValue: 'm' })] }], [['a row', { rows: [{}] }], ['nothing makes a row', {}], ['no row', { rows: [] }]]),
  spec('a default in a container', 'process/defaultValue/index.js', [{ type: 'container', key: 'box', input: true, components: [text('a', { defaultValue: 'm' })] }], [['nothing', {}], ['empty', { box: {} }]]),
  spec('unknown answers are left out', 'process/filter/index.js', [text('a')], [['stray', { a: '1', b: '2', c: { a: '3' } }]]),
  spec('a key with a dot nests', 'utils/formUtil/index.js', [text('person.name', required)], [['nested', { person: { name: 'Lan' } }], ['nothing', {}]]),
  spec('steps of a wizard hide with what is inside', CLEAR, [{ type: 'panel', key: 'first', input: false, components: [show] }, { type: 'panel', key: 'second', input: false, conditional: when, components: [text('field', required), { type: 'fieldset', key: 'group', input: false, components: [text('inner', required)] }] }], [['hidden', { field: 'x', inner: 'y' }], ['shown', { show: 'yes' }]]),
  spec('fields for typing an address by hand are hidden where there is no search in a map', 'process/conditions/index.js', ['home', 'rows'].map((key) => {
    const address = { type: 'address', key: 'home', input: true, provider: 'nominatim', components: ['address1', 'city'].map((inner) => ({ ...text(inner), customConditional: "show = _.get(instance, 'parent.manualMode', false);" })) };
    return key === 'home' ? address : { type: 'datagrid', key, input: true, components: [text('name'), { ...address, key: 'place' }] };
  }), [['nothing', {}], ['two rows', { rows: [{ name: 'a' }, { name: 'b' }] }]]),
  spec('lists in lists', 'utils/formUtil/eachComponentData.js', [{ type: 'datagrid', key: 'outer', input: true, components: [text('a', required), { type: 'datagrid', key: 'inner', input: true, components: [text('b', required)] }] }], [['rows', { outer: [{ a: '1', inner: [{ b: '' }, { b: '2' }] }, { a: '', inner: [] }, { inner: [{}] }] }]]),
]);

// What real definitions contain beyond the kinds and rules: in our own words, the essence of what governments publish.
const radio = (key, values, more = {}) => ({ type: 'radio', key, label: key, input: true, values: values.map((value) => ({ label: value, value })), ...more });
const hiddenWith = (key, calculateValue, more = {}) => ({ type: 'hidden', key, input: true, calculateValue, ...more });
const WILD = 'process/__tests__/process.test.js';
write('wild', [
  spec('an upload that counts its files by the key of the instance: without a screen the check throws, and nothing is wrong', WILD, [hiddenWith('most', 'value = 2;'), { type: 'file', key: 'papers', input: true, multiple: true, validate: { required: true, custom: 'const files = data[instance.key] || []; valid = files.length > data.most ? false : true;' } }], [['none', {}], ['three', { papers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }]]),
  spec('a warning that looks itself up by its key', WILD, [{ type: 'hidden', key: 'warnings', input: true }, { type: 'htmlelement', key: 'late', input: false, content: 'x', customConditional: 'show = data.warnings.indexOf(component.key) !== -1;' }, text('why', { customConditional: 'show = data.warnings.includes(component.key);' })], [['nothing', {}], ['listed', { warnings: ['late', 'why'], why: 'a' }], ['others', { warnings: ['other'], why: 'a' }]]),
  spec('an action in JavaScript that fills the options of a radio', 'utils/logic.js', [{ type: 'hidden', key: 'parents', input: true }, radio('parent', ['a'], { logic: [{ name: 'fill', trigger: { type: 'javascript', javascript: 'result = !!data.parents;' }, actions: [{ name: 'fill', type: 'customAction', customAction: 'component.values = data.parents.map((it) => ({ value: it.id, label: it.name }));' }] }] })], [['nothing', {}], ['parents', { parents: [{ id: 1, name: 'A' }], parent: '1' }], ['no list', { parents: 'x', parent: 'a' }]]),
  spec('an action in JavaScript that sets the answer, or throws', 'utils/logic.js', [text('kind'), text('note', { logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'kind', eq: 'a' } }, actions: [{ name: 's', type: 'customAction', customAction: "value = 'set'" }] }] }), text('other', { logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'kind', eq: 'a' } }, actions: [{ name: 's', type: 'customAction', customAction: "instance.setValue('x')" }] }] })], [['not', { kind: 'b', note: '1', other: '2' }], ['set', { kind: 'a', note: '1', other: '2' }]]),
  spec('a year in a text, taken apart', WILD, [hiddenWith('taxYear', "// the year before\r\nconst [start] = data.year ? data.year.split('-') : [];\r\nvalue = start ? (+start) - 1 : '';"), { type: 'hidden', key: 'year', input: true }], [['nothing', {}], ['a year', { year: '2026-2027' }]]),
  spec('what is worked out before it is answered sees what was given', 'process/process.js', [hiddenWith('total', 'value = data.a + data.b'), { type: 'number', key: 'a', input: true }, { type: 'number', key: 'b', input: true, conditional: { show: true, when: 'a', eq: '1' } }], [['both', { a: 1, b: 2 }], ['one hidden', { a: 2, b: 2 }], ['text', { a: '1', b: '2' }]]),
  spec('a sum without an answer is no number for what comes after it', WILD, [{ type: 'currency', key: 'a', input: true }, { type: 'currency', key: 'double', input: true, calculateValue: 'value = data.a * 2' }, { type: 'currency', key: 'more', input: true, calculateValue: 'value = data.double + 1' }, text('shown', { customConditional: 'show = data.double >= 0' }), text('named', { conditional: { show: true, when: 'double', eq: 'NaN' } }), { type: 'number', key: 'counted', input: true, validate: { required: true }, calculateValue: 'value = data.a * 2' }], [['nothing', { shown: 'x', named: 'y' }], ['an amount', { a: 5, shown: 'x', named: 'y' }]]),
  spec('a number in a text, put right and checked with patterns', WILD, [text('postcode', { validate: { custom: "valid = /^[A-Z]\\d[A-Z] ?\\d[A-Z]\\d$/i.test(input) ? true : 'no';" } }), text('phone'), hiddenWith('digits', "value = (data.phone || '').replace(/[^0-9]/g, '')"), text('mail', { validate: { custom: "var ok = input.match(/^[\\w.-]+@[\\w-]+\\.\\w+$/); valid = ok ? true : 'no';" } })], [['right', { postcode: 'v8w 1a1', phone: '(250) 555-1234', mail: 'a@b.vn' }], ['wrong', { postcode: '12345', phone: '', mail: 'a' }], ['nothing', {}]]),
  spec('rules with functions of lodash', 'utils/jsonlogic/operators.js', [{ type: 'number', key: 'a', input: true }, { type: 'number', key: 'b', input: true }, { type: 'number', key: 'sum', input: true, calculateValue: { _sum: [[{ var: 'data.a' }, { var: 'data.b' }]] } }, { type: 'number', key: 'most', input: true, calculateValue: { _max: [{ _compact: [[{ var: 'data.a' }, { var: 'data.b' }, 3]] }] } }, text('named', { conditional: { json: { _includes: [{ var: 'data.list' }, 'x'] } } })], [['both', { a: 1, b: 2 }], ['one', { a: 7, list: ['x'], named: 'y' }], ['nothing', {}]]),
  spec('boxes that share their answer', 'utils/formUtil/index.js', ['single', 'married'].map((value) => ({ type: 'checkbox', key: value, label: value, input: true, inputType: 'radio', name: 'status', value, validate: { required: true } })).concat([text('spouse', { conditional: { show: true, when: 'status', eq: 'married' }, ...required }), text('alone', { conditional: { show: true, when: 'single', eq: 'single' } })]), [['none', {}], ['one', { status: 'single', alone: 'x' }], ['the other', { status: 'married', spouse: '' }], ['a number', { status: '1' }], ['false', { status: false }]]),
  spec('an address of a map service', 'process/normalize/index.js', [{ type: 'address', key: 'plain', input: true, provider: 'nominatim', ...required }, { type: 'address', key: 'home', input: true, provider: 'google', enableManualMode: true, ...required, components: ['address1', 'city'].map((key) => text(key, { customConditional: "show = _.get(instance, 'parent.manualMode', false);" })) }], [['nothing', {}], ['found', { plain: { display_name: 'x' }, home: { formatted_address: 'y' } }], ['by hand', { plain: {}, home: { mode: 'manual', address: { address1: 'a', city: 'b' } } }], ['partly', { plain: 'x', home: { mode: 'manual', address: { address1: 'a', city: '' } } }], ['fields of its own', { plain: { a: '' }, home: { address1: 'x', city: 'y', place: 'z' } }]]),
  spec('the same key twice, one of them shown', CLEAR, [text('kind'), text('name', { conditional: { show: true, when: 'kind', eq: 'a' }, validate: { required: true, maxLength: 3 } }), text('name', { conditional: { show: true, when: 'kind', eq: 'b' }, validate: { required: true, minLength: 3 } })], [['the first', { kind: 'a', name: 'abcd' }], ['the second', { kind: 'b', name: 'ab' }], ['none', { kind: 'c', name: 'ab' }], ['blank', { kind: 'a' }]]),
  spec('a condition that was not finished', 'utils/conditions.js', [text('a'), text('b', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'a', operator: '', value: 'x' }, { component: '', operator: 'isEqual', value: '' }] } }), text('c', { conditional: { json: '{"==": [1, 2]}', show: null, when: null, eq: '' } }), text('d', { conditional: { show: false, conjunction: 'any', conditions: [{ component: 'a' }] } })], [['nothing', { b: '1', c: '2', d: '3' }]]),
  spec('what the renderer alone knows', WILD, [text('a', { customConditional: 'show = !instance.options.readOnly' }), text('b', { customConditional: "show = utils.isAgeBetween([18, 67], 'born', submission)" }), text('c', { customDefaultValue: 'value = options.user.name' }), text('d', { validate: { custom: "valid = instance.root.getComponent('a').isValid()" } }), text('e', { customConditional: "show = submission.data.a === 'x'" }), { type: 'button', key: 'go', input: true, action: 'custom', custom: "instance.root.getComponent('a').setValue('x')" }], [['nothing', {}], ['answered', { a: 'x', b: 'y', d: 'z', e: 'w' }]]),
  spec('logic in rows stays for the rows after', 'utils/logic.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), text('name', { logic: [{ name: 'r', trigger: { type: 'javascript', javascript: "result = row.kind === 'x'" }, actions: [{ name: 'r', type: 'property', property: { value: 'validate.required', type: 'boolean' }, state: true }] }, { name: 'h', trigger: { type: 'javascript', javascript: "result = row.kind === 'h'" }, actions: [{ name: 'h', type: 'property', property: { value: 'hidden', type: 'boolean' }, state: true }] }] })] }], [['before and after', { rows: [{ kind: 'y' }, { kind: 'x' }, { kind: 'y' }] }], ['hidden', { rows: [{ kind: 'h', name: 'a' }, { kind: 'y', name: 'b' }, { kind: 'h', name: 'c' }] }]]),
  spec('a layout component that logic hid stays hidden in the rows after', 'process/clearHidden/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), { type: 'fieldset', key: 'group', input: false, logic: [{ name: 'h', trigger: { type: 'javascript', javascript: "result = row.kind === 'a'" }, actions: [{ name: 'h', type: 'property', property: { label: 'Hidden', value: 'hidden', type: 'boolean' }, state: true }] }], components: [text('inner', required)] }] }], [['the first', { rows: [{ kind: 'a', inner: '1' }, { kind: 'b', inner: '2' }] }], ['the last', { rows: [{ kind: 'b', inner: '1' }, { kind: 'a', inner: '2' }] }]]),
  spec('rows that are left out are passed over by what goes through the list', 'process/filter/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [text('name'), { type: 'number', key: 'n', input: true }] }, ...['data.rows.map(r => r.n || 0).length', 'data.rows.reduce((s, r) => s + (r.n || 0), 0)', 'data.rows.filter(r => r.n > 1).length', 'data.rows.some(r => r.n > 1) ? 1 : 0', 'data.rows.every(r => r.n > 1) ? 1 : 0', 'data.rows.find(r => r.n > 1) ? 1 : 0', "_.sumBy(data.rows, 'n')"].map((script, at) => hiddenWith(`h${at}`, `value = ${script}`))], [['an empty one', { rows: [{}, { name: 'a', n: 2 }] }], ['a null', { rows: [{ name: 'a', n: 5 }, null, { name: 'b', n: 1 }] }], ['none', { rows: [{ n: 2 }, { n: 3 }] }]]),
  spec('schemas and rules that logic sets one after the other', 'utils/logic.js', [text('kind'), text('field', { logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'kind', eq: 'a' } }, actions: [{ name: 'r', type: 'property', property: { label: 'Required', value: 'validate.required', type: 'boolean' }, state: true }, { name: 'm', type: 'mergeComponentSchema', schemaDefinition: 'schema = { validate: { maxLength: 2 } }' }] }] })], [['triggered', { kind: 'a' }], ['too long', { kind: 'a', field: 'abc' }], ['not', {}]]),
  spec('a schema that is merged goes on from what logic set before', 'utils/logic.js', [text('kind'), text('field', { logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'kind', eq: 'a' } }, actions: [{ name: 'r', type: 'property', property: { label: 'Required', value: 'validate.required', type: 'boolean' }, state: true }, { name: 'm', type: 'mergeComponentSchema', schemaDefinition: 'schema = { validate: { ...component.validate, maxLength: 2 } }' }] }] })], [['triggered', { kind: 'a' }], ['too long', { kind: 'a', field: 'abc' }], ['not', {}]]),
  spec('a group of another name that is answered with a text', 'process/filter/index.js', [{ type: 'navSkjemagruppe', key: 'group', input: true, components: [{ type: 'datagrid', key: 'rows', input: true, components: [{ type: 'number', key: 'n', input: true }] }] }], [['a text', { group: 'x' }], ['a number', { group: 5 }], ['a list', { group: { rows: [{ n: 1 }] } }]]),
  spec('conditions in a form in a form', 'utils/formUtil/index.js', [{ type: 'form', key: 'sub', input: true, components: [text('asked'), text('a', { conditional: { show: true, when: 'asked', eq: 'x' }, ...required }), { type: 'panel', key: 'panel', input: false, components: [text('b', { conditional: { show: true, when: 'sub.asked', eq: 'x' }, ...required })] }] }], [['shown', { sub: { data: { asked: 'x' } } }], ['hidden', { sub: { data: { asked: 'y', a: '1', b: '2' } } }]]),
  spec('a radio with a data type, not answered', 'process/normalize/index.js', ['string', 'boolean', 'number'].map((dataType) => radio(dataType, ['1', '2'], { dataType, ...required })), [['nothing', {}], ['null', { string: null, boolean: null, number: null }], ['blank', { string: '', boolean: '', number: '' }], ['answered', { string: '1', boolean: 'true', number: '2' }], ['odd', { string: 5, boolean: 'x', number: 'x' }]]),
  spec('the first of several answers that is wrong is told', 'error/FieldError.js', [{ type: 'email', key: 'mails', input: true, multiple: true, validate: { minLength: 4, custom: "valid = input.endsWith('.vn') ? true : 'no'", customMessage: 'Xin xem lại' } }], [['the second', { mails: ['a@b.vn', 'x'] }], ['each by another rule', { mails: ['a@b.com', 'x'] }], ['none', { mails: ['a@b.vn'] }]]),
  spec('when names an answer in a list of a list', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'outer', input: true, components: [{ type: 'datagrid', key: 'inner', input: true, components: [text('kind'), text('name', { conditional: { show: true, when: 'outer.inner.kind', eq: 'a' } })] }] }], [['two by two', { outer: [{ inner: [{ kind: 'a', name: '1' }, { kind: 'b', name: '2' }] }, { inner: [{ kind: 'b', name: '3' }] }] }], ['one missing', { outer: [{ inner: [{ kind: 'a', name: '1' }] }, {}] }]]),
  spec('date limits at the edge of a month or year', 'utils/date.js', [['month', "moment().startOf('month')"], ['before', 'moment().subtract(1, "month").startOf("month")'], ['year', "moment().endOf('year')"], ['next', "moment().add(1, 'year').startOf('year').add(2, 'days')"]].map(([key, minDate]) => ({ type: 'datetime', key, input: true, widget: { type: 'calendar', enableTime: false, minDate } })), ['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01', '2026-12-30', '2026-12-31', '2027-01-02', '2027-01-03'].map((day) => [day, Object.fromEntries(['month', 'before', 'year', 'next'].map((key) => [key, `${day}T00:00:00+07:00`]))])),
  spec('date limits in words', 'utils/date.js', [['asks', 'moment(data.start)'], ['written', "moment().add(1, 'day').format('YYYY-MM-DD')"], ['today', 'new Date()']].map(([key, minDate]) => ({ type: 'datetime', key, input: true, widget: { type: 'calendar', enableTime: false, minDate } })), [['before', { start: '2026-11-25', asks: '2026-11-20', written: '2026-11-22', today: '2026-11-21' }], ['after', { start: '2026-11-25', asks: '2026-11-26', written: '2026-11-23', today: '2026-11-22' }]]),
  spec('kinds that governments add are judged by the common rules alone', 'utils/formUtil/index.js', [['simpletextfield', { validate: { required: true, minLength: 3 } }], ['simpleemail', required], ['simplenumber', { validate: { max: 5 } }], ['simplecheckbox', required], ['simplecheckboxes', { values: [{ label: 'A', value: 'a' }], validate: { required: true, onlyAvailableItems: true } }], ['simpleselect', { data: { values: [{ label: 'A', value: 'a' }] }, validate: { onlyAvailableItems: true } }], ['radiopanel', { values: [{ label: 'Ja', value: 'ja' }], dataType: 'number', ...required }], ['simpledayadvanced', { minYear: 2000, fields: { day: { required: true } } }], ['navDatepicker', { widget: { minDate: '2030-01-01' } }], ['alertstripe', { content: '<p>x</p>' }], ['password', { multiple: true, ...required }]].map(([type, more]) => ({ type, key: type, label: type, input: true, ...more })), [['nothing', {}], ['right', { simpletextfield: 'abc', simpleemail: 'a@b.vn', simplenumber: 3, simplecheckbox: true, simplecheckboxes: { a: true }, simpleselect: 'a', radiopanel: 'ja', simpledayadvanced: '01/02/2001', navDatepicker: '2031-01-01', alertstripe: 'x', password: ['a'] }], ['wrong for the kinds they are named after', { simpletextfield: 'ab', simpleemail: 'A ', simplenumber: '12', simplecheckbox: false, simplecheckboxes: 'z', simpleselect: 'z', radiopanel: '1', simpledayadvanced: 'x', navDatepicker: 'x', password: [['a']] }], ['lists', { simpletextfield: ['a'], simplecheckboxes: ['a'], password: 'a', radiopanel: [] }]]),
  spec('widgets of several parts and kinds that nobody is shown are judged by the common rules alone', 'utils/formUtil/index.js', [...[['addressNL', required], ['navAddress', { addressType: 'NORWEGIAN_ADDRESS', ...required }], ['identity', required], ['addressValidity', {}], ['attachment', { attachmentValues: { nei: { enabled: true } }, ...required }], ['tree', required], ['map', { multiple: true }], ['navSelect', { data: { values: [{ label: 'A', value: 'a' }] }, validate: { onlyAvailableItems: true, required: true } }]].map(([type, more]) => ({ type, key: type, label: type, input: true, ...more })), { type: 'bcaddress', key: 'place', input: true, ...required, components: [text('city', required)] }, text('byPart', { conditional: { show: true, when: 'identity.harDuFodselsnummer', eq: 'ja' } }), text('byScript', { customConditional: "show = !!data.identity && data.identity.harDuFodselsnummer === 'ja'" }), text('byEmpty', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'addressNL', operator: 'isEmpty' }] } }), text('byPlace', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'place', operator: 'isEmpty' }] } })], [['nothing', { byPart: 'x', byScript: 'x', byEmpty: 'x', byPlace: 'x' }], ['parts', { addressNL: { postcode: '1234AB', houseNumber: '1', autoPopulated: false }, navAddress: { adresse: 'A 1', postnummer: '0150' }, identity: { harDuFodselsnummer: 'ja', identitetsnummer: '1' }, addressValidity: { gyldigFraOgMed: 'x' }, attachment: { key: 'nei' }, tree: { value: 'a', children: [] }, map: [[1, 2]], navSelect: { label: 'A', value: 'a' }, place: { city: 'B', stray: 1 }, byPart: 'x', byScript: 'x', byEmpty: 'x', byPlace: 'x' }], ['texts and blanks', { addressNL: '', navAddress: {}, identity: 'x', addressValidity: { gyldigFraOgMed: '' }, attachment: [], tree: [], map: 'x', navSelect: 'z', place: { city: '' }, byPart: 'x', byScript: 'x', byEmpty: 'x', byPlace: 'x' }]]),
  spec('groups of another name', 'utils/formUtil/eachComponentData.js', [text('kind'), { type: 'simplepanel', key: 'panel', input: false, customConditional: "show = data.kind !== 'x'", components: [text('a', required), { type: 'simplecols2', key: 'cols', input: false, columns: [{ components: [text('b', required)] }] }, { type: 'simpleheading', key: 'head', input: false, conditional: { show: true, when: 'kind', eq: 'h' } }] }, { type: 'navSkjemagruppe', key: 'group', input: true, conditional: { show: false, when: 'kind', eq: 'g' }, components: [text('c', required), { type: 'container', key: 'inner', input: true, components: [{ type: 'number', key: 'n', input: true }] }] }], [['nothing', {}], ['panel hidden', { kind: 'x', a: '1', b: '2', group: { c: 'x', more: 1 } }], ['group hidden', { kind: 'g', a: '1', b: '2', group: { c: 'x' } }], ['all', { kind: 'h', a: '1', b: '2', group: { c: '', inner: { n: 'x', stray: 1 }, stray: 2 } }]]),
  spec('a group of another name that says it is a tree', 'utils/formUtil/index.js', [text('kind'), { type: 'navSkjemagruppe', key: 'group', input: true, tree: true, ...required, conditional: { show: false, when: 'kind', eq: 'g' }, components: [text('c', required), { type: 'container', key: 'inner', input: true, components: [{ type: 'number', key: 'n', input: true }] }] }], [['nothing', {}], ['blank', { group: { c: '' } }], ['hidden', { kind: 'g', group: { c: 'x' } }], ['a list', { group: [null, {}] }], ['all', { group: { c: 'x', inner: { n: '5', stray: 1 }, stray: 2 } }]]),
  spec('a row is known by its number in checks alone', 'process/validation/rules/validateCustom.js', [{ type: 'datagrid', key: 'rows', input: true, components: [{ type: 'number', key: 'at', input: true, calculateValue: 'value = rowIndex + 1' }, text('name', { validate: { custom: "valid = rowIndex > 0 ? 'no' : true" } })] }], [['two', { rows: [{ at: 9, name: 'a' }, { name: 'b' }] }]]),
]);

// What is told to whoever writes a definition, and what @formio/core makes of it nevertheless: real definitions have all of it.
const LOGIC = 'utils/logic.js';
const EVALUATE = 'utils/Evaluator.js';
const when1 = (...actions) => ({ logic: [{ name: 'l', trigger: { type: 'simple', simple: { show: true, when: 'kind', eq: 'a' } }, actions }] });
const merge = (schemaDefinition) => when1({ name: 'm', type: 'mergeComponentSchema', schemaDefinition });
const sets = (value, more) => when1({ name: 'p', type: 'property', property: { label: value, value, type: 'state' in more ? 'boolean' : 'string' }, ...more });
const kinds = (...answers) => [['not', { kind: 'b', field: 'xy', other: 'c' }], ['blank', { kind: 'a' }], ...answers.map((field) => [JSON.stringify(field), { kind: 'a', field, other: 'c' }])];
const changed = (more) => [text('kind'), text('field', more), text('other')];
const letters = ['prénom', 'địaChỉ', 'ключ', '姓名', 'straße', 'key with blanks', 'a/b', "$x", '-a', 'x%', '@x', "l'âge", 'a"b'];
const written = (field, script) => [text('a'), { type: 'number', key: 'n', input: true }, { type: 'datagrid', key: 'rows', input: true, components: [text('name'), { type: 'number', key: 'q', input: true }] }, text('field', { [field]: script }), text('later'), { type: 'container', key: 'box', input: true, components: [text('in')] }];
const before = { a: 'abc', n: 3, rows: [{ name: 'A', q: 1 }, { name: 'B' }], field: 'x', later: 'l', box: { in: 'i' } };
write('nevertheless', [
  ...letters.map((key) => spec(`a key that is no name: ${key}`, 'utils/formUtil/index.js', [text(key, required), text('field', { conditional: { show: true, when: key, eq: 'v' } }), { type: 'datagrid', key: 'rows', input: true, components: [text(key, required)] }], [['nothing', {}], ['answered', { [key]: 'v', field: 'x', rows: [{ [key]: 'a' }, { [key]: '' }] }]])),
  ...[['hidden', 'schema = { hidden: true }'], ['required', 'schema = { validate: { required: true } }'], ['a rule in place of all others', 'schema = { validate: { maxLength: 1 } }'], ['what answers say', 'schema = { disabled: true, validate: { required: data.other !== "c", minLength: (data.other || "").length + 2 } }'], ['with what it had', 'schema = { validate: { ...component.validate, required: true } }'], ['chosen', 'if (data.other === "c") { schema = { hidden: true } } else { schema = { validate: { required: true } } }'], ['returned', 'return { multiple: true }'], ['nothing', 'schema = null'], ['throws', 'schema = data.nothing.at']].map(([name, script]) => spec(`a merged schema: ${name}`, LOGIC, changed({ validate: { minLength: 2 }, ...merge(script) }), kinds('x', 'xyz', ''))),
  spec('a merged schema: other options', LOGIC, [text('kind'), radio('field', ['x', 'y'], { validate: { onlyAvailableItems: true }, ...merge("schema = { values: [{ label: 'Z', value: 'z' }] }") })], kinds('x', 'z')),
  spec('a merged schema stays for the rows after', LOGIC, [{ type: 'datagrid', key: 'rows', input: true, components: [text('kind'), text('field', { logic: [{ name: 'l', trigger: { type: 'javascript', javascript: "result = row.kind === 'a'" }, actions: [{ name: 'm', type: 'mergeComponentSchema', schemaDefinition: 'schema = { validate: { required: true } }' }] }] })] }], [['second', { rows: [{ kind: 'b' }, { kind: 'a' }, { kind: 'b' }] }]]),
  ...[['validate.pattern', { text: '\\d+' }], ['validate.minLength', { text: '3' }], ['validate.custom', { text: "valid = input === '{{ data.other }}' ? true : 'no'" }], ['multiple', { state: true }], ['persistent', { state: false }], ['validateWhenHidden', { state: true }], ['customClass', { text: 'x' }]].map(([name, more]) => spec(`logic sets ${name}`, LOGIC, changed({ validate: { required: true }, ...sets(name, more) }), kinds('x', '123', 'c'))),
  spec('logic sets clearOnHide', LOGIC, [text('kind'), text('field', { clearOnHide: true, customConditional: 'show = false', ...sets('clearOnHide', { state: false }) })], kinds('x')),
  spec('masks to choose from', 'process/validation/rules/validateMask.js', ['textfield', 'phoneNumber'].map((type) => ({ type, key: type, input: true, allowMultipleMasks: true, inputMasks: [{ label: 'A', mask: '99-99' }, { label: 'B', mask: 'aa' }, { label: 'C', mask: '' }], ...required })), [['nothing', {}], ['fits', { textfield: { value: '12-34', maskName: 'A' }, phoneNumber: { value: 'ab', maskName: 'B' } }], ['does not', { textfield: { value: '12', maskName: 'A' }, phoneNumber: { value: 'AB', maskName: 'B' } }], ['a text', { textfield: '12-34', phoneNumber: '' }], ['no such mask', { textfield: { value: 'x', maskName: 'Z' }, phoneNumber: { value: 'x', maskName: 'C' } }], ['blank', { textfield: { value: '', maskName: 'A' }, phoneNumber: { maskName: 'A' } }]]),
  spec('masks to choose from, several answers', 'process/normalize/index.js', [text('field', { multiple: true, allowMultipleMasks: true, inputMasks: [{ label: 'A', mask: '9' }] })], [['nothing', {}], ['one', { field: { value: '', maskName: 'A' } }], ['two', { field: ['1', { value: 'x', maskName: 'A' }, { maskName: 'A' }] }]]),
  spec('masks to choose from that are not checked', 'process/validation/rules/validateMask.js', [text('field', { allowMultipleMasks: true, inputMasks: [{ label: 'A', mask: '9' }], validate: { skipMaskValidation: true } })], [['odd', { field: { value: 'x', maskName: 'A' } }]]),
  ...["component.filePattern = '*'; component.tags = []; value = 1", "value = data.a.ask()", "try { value = data.a.ask(1) } catch (e) { value = 'caught' }", 'value = zaak.note', "value = typeof zaak === 'undefined' ? 'none' : zaak.note", "if (data.n > 2) { value = window.location.href } else { value = 'few' }", "try { options.own.save(data) } catch (e) { value = 'caught' }", "try { const done = () => 1; const own = { done, ask: function () { return done() } }; service.open(own); } catch (e) { console.error(e); value = 'caught' }", "$('#x').hide(); value = 1", "setTimeout(function () { value = 3 }, 0); value = 1", "value = form.own.name", "form.getComponent('a').setValue('x')", "value = data.a = ", "if (data.a) value = 1 else value = 2", "value = 'open", "data.a === 'abc' || data.a = 1; value = 1"].flatMap((script) => ['calculateValue', 'customDefaultValue'].map((field) => spec(`a script of another page, ${field}: ${script}`, EVALUATE, written(field, script), [['nothing', {}], ['answered', before]]))),
  ...['show = !app.menu', 'if (data.a) show = false else show = true', 'show = data.a == 1 || data.a = 2', "show = $('#a').val() === 'x'"].map((script) => spec(`a condition of another page: ${script}`, EVALUATE, [text('a'), text('field', { customConditional: script })], [['nothing', {}], ['answered', { a: '1', field: 'x' }]])),
  ...["data.a = 'w'; value = 1", "row.later = row.a; value = 2", "data['n'] = data.n * 2; value = data.n", 'delete data.a; value = 3', "data.rows.push({ name: 'C' }); value = data.rows.length", 'data.rows.forEach(function (row) { row.q = 5 }); value = 4', "data.box.in = 'w'; value = 5", 'data = { a: 1 }; value = data.a', 'data.n++; value = data.n', "data.later = undefined; throw new Error('no')"].map((script) => spec(`a script that writes to answers: ${script}`, EVALUATE, written('calculateValue', script), [['answered', before]])),
  ...["component.validate.required = true; show = true", 'component.hidden = data.a === "x"', 'component.nothing.at = 1; show = false', 'component.values = [{ value: data.a }]; show = true'].map((script) => spec(`a script that writes to its own component: ${script}`, EVALUATE, [text('a'), radio('field', ['r', 's'], { customConditional: script, validate: { onlyAvailableItems: true } })], [['nothing', {}], ['x', { a: 'x', field: 's' }], ['s', { a: 's', field: 's' }]])),
  spec('a script that writes to its row', EVALUATE, [{ type: 'datagrid', key: 'rows', input: true, components: [text('a'), text('b', { calculateValue: "row.c = row.a + 'c'; value = row.a + 'b'" }), text('c')] }], [['two', { rows: [{ a: '1', b: '', c: '' }, { a: '2', b: 'x', c: 'y' }] }]]),
  spec('a check and a condition that write to answers', EVALUATE, [text('a', { validate: { custom: "data.b = 'checked'; valid = true" } }), text('b'), text('c', { customConditional: "data.d = 'asked'; show = true" }), text('d')], [['all', { a: '1', b: '2', c: '3', d: '4' }]]),
  ...[['two steps of one key', { display: 'wizard', components: [{ type: 'panel', key: 'p', input: false, components: [text('a', required)] }, { type: 'panel', key: 'p', input: false, components: [text('b', required)] }] }], ['a display of its own', { display: 'page', components: [text('a', required)] }]].map(([name, form]) => spec(name, 'process/process.js', form, [['nothing', {}], ['answered', { a: 'x', b: 'y' }]])),
  ...[['a pattern that is none', { validate: { pattern: '[' } }], ['a pattern that is a number', { validate: { pattern: 5 } }], ['a limit that is no number', { validate: { maxLength: true, minLength: {} } }], ['a condition that is text', { conditional: 'x' }], ['a condition of a list', { conditional: { show: true, when: ['b'], eq: 'y' } }], ['an operator that is none', { conditional: { show: true, conjunction: 'all', conditions: [{ component: 'b', operator: 'isLike', value: 'y' }] } }], ['no list of conditions', { conditional: { show: true, conjunction: 'all', conditions: {} } }], ['an operation that is none', { conditional: { json: { foo: [1] } }, validate: { json: { foo: [1] } } }], ['a trigger that is none', { logic: [{ trigger: { type: 'magic' }, actions: [{ type: 'value', value: 'value = 1' }] }] }], ['an action that is none', { logic: [{ trigger: { type: 'javascript', javascript: 'result = true' }, actions: [{ type: 'magic' }] }] }]].map(([name, more]) => spec(`settings that mean nothing: ${name}`, 'process/process.js', [text('a', more), text('b')], [['nothing', {}], ['answered', { a: '5', b: 'y' }]])),
  ...[null, false, true, ''].map((limit) => spec(`a limit that is ${JSON.stringify(limit)}`, 'process/validation/rules/validateMaximumValue.js', [{ type: 'number', key: 'n', input: true, validate: { min: limit, max: limit } }, text('a', { validate: { minLength: limit, maxLength: limit, minWords: limit, maxWords: limit } })], [['above', { n: 5, a: 'ab c' }], ['none', { n: 0, a: '' }], ['one', { n: 1, a: 'a' }], ['below', { n: -5 }]])),
  ...['calculateValue', 'customDefaultValue'].flatMap((name) => [{}, []].map((rule) => spec(`${name} that says ${JSON.stringify(rule)}`, 'process/calculation/index.js', [text('a', { [name]: rule }), text('b')], [['nothing', {}], ['answered', { a: 'x', b: 'y' }]]))),
  ...['show = _.contains(["x"], data.a)', "if (data.a) { show = data.a === “x” }", 'show = this.data.a', 'show = config.server ? true : false'].map((script) => spec(`a condition that asks for what is not there: ${script}`, EVALUATE, [text('a'), text('field', { customConditional: script })], [['nothing', {}], ['answered', { a: 'x', field: 'y' }]])),
  spec('days that only the engine reads', 'process/validation/rules/validateDate.js', [{ type: 'datetime', key: 'day', input: true, widget: { type: 'calendar' } }, { type: 'datetime', key: 'limited', input: true, widget: { type: 'calendar', minDate: '2020-01-01', maxDate: '2030-01-01' } }], ['12', 'Option 1', 'option2', 'abc', '1 May 2024', '31/12/2024', '1.5.2024', '20240501', '2024-13-01', '2024-05-01T25:00', '2024-05-01T10:00Z', '99999', '5!', '2024/5/1 10:30'].map((day) => [day, { day, limited: day }])),
  ...['datatable', 'dynamicWizard', 'datamap'].map((type) => spec(`a kind that nobody is shown: ${type}`, 'utils/formUtil/index.js', [{ type, key: 'field', input: true, ...required, components: type === 'datamap' ? undefined : [text('q', required), { type: 'number', key: 'n', input: true }] }, text('other')], [['nothing', {}], ['rows', { field: [{ q: '1', n: '5' }, { q: '' }] }], ['none', { field: [] }], ['an object', { field: { a: '1', b: '' } }], ['a text', { field: 'x' }]])),
  ...[['with components', { components: [text('a', required), text('b', { customConditional: "show = data.a === 'x'" }), { type: 'panel', key: 'panel', input: false, components: [{ type: 'number', key: 'n', input: true, calculateValue: 'value = (data.m || 0) * 2' }, { type: 'number', key: 'm', input: true }] }] }], ['that is named only', { form: '5f' }], ['that must be there', { ...required, components: [text('a')] }], ['that is hidden', { conditional: { show: true, when: 'kind', eq: 'a' }, components: [text('a', required)] }]].map(([name, more]) => spec(`a form in a form: ${name}`, 'utils/formUtil/index.js', [text('kind'), { type: 'form', key: 'inner', input: true, ...more }, { type: 'datagrid', key: 'rows', input: true, components: [{ type: 'form', key: 'each', input: true, ...more }] }, text('a')], [['nothing', {}], ['answered', { kind: 'a', inner: { data: { a: 'x', b: 'y', m: 2 } }, rows: [{ each: { data: { a: '' } } }, {}], a: 'z' }], ['kept elsewhere', { inner: { _id: '1', form: '2', data: {} } }], ['named only', { inner: { _id: '1', data: {} }, rows: [{ each: { _id: '2' } }] }], ['odd', { inner: 'x', rows: [{ each: 5 }] }]])),
  spec('a component without a key has the path around', 'utils/formUtil/index.js', [{ type: 'panel', input: false, components: [{ type: 'textfield', input: true, ...required }] }, { type: 'container', key: 'box', input: true, components: [text('a'), { type: 'number', input: true, ...required }] }, { type: 'datagrid', key: 'rows', input: true, components: [{ type: 'email', key: '', input: true }, text('a')] }], [['nothing', {}], ['answered', { '': 'x', box: { a: '1' }, rows: [{ a: 'b' }] }]]),
  spec('a step without a key', 'utils/formUtil/index.js', { display: 'wizard', components: [{ type: 'panel', title: 'Một', input: false, components: [text('a', required)] }, { type: 'panel', title: 'Hai', input: false, conditional: { show: true, when: 'a', eq: 'x' }, components: [text('b', required)] }] }, [['nothing', {}], ['hidden', { a: 'y', b: '1' }], ['shown', { a: 'x' }]]),
  spec('columns of another name that say they are an answer', 'utils/formUtil/index.js', [{ type: 'row', key: 'group', columns: [{ components: [text('a', required)] }, { components: [text('b')] }] }, { type: 'grid', key: 'cells', input: true, rows: [[{ components: [text('c', required)] }]] }], [['nothing', {}], ['answered', { group: { a: '1', b: '2' }, cells: { c: '3' } }], ['beside', { a: '1', c: '3' }]]),
  spec('layout is what it has inside, whatever it is called', 'utils/formUtil/index.js', [{ type: 'columns', key: 'one', input: false, components: [text('a', required)] }, { type: 'fieldset', key: 'two', input: false, columns: [{ components: [text('b', required)] }], components: [text('c', required)] }, { type: 'panel', key: 'three', input: false, rows: [[{ components: [text('d', required)] }]] }, { type: 'table', key: 'four', input: false, components: [text('e', required)] }], [['nothing', {}], ['answered', { a: '1', b: '2', c: '3', d: '4', e: '5' }]]),
  spec('an answer whose name is the whole path', 'utils/formUtil/index.js', [text('person.name', { validate: { minLength: 3 } }), text('field', { conditional: { show: true, when: 'person.name', eq: 'Lan' } }), { type: 'container', key: 'box', input: true, components: [text('a.b')] }], [['short', { 'person.name': 'Al' }], ['long', { 'person.name': 'Lan', field: 'x' }], ['both', { 'person.name': 'Lan', person: { name: 'An' }, field: 'x' }], ['inside', { box: { 'a.b': 'x' } }]]),
  spec('a form in a form that is answered with a list', 'process/filter/index.js', [{ type: 'form', key: 'field', input: true, components: [text('a')] }], [['a list', { field: [] }], ['an object', { field: { data: { a: 'x' } } }]]),
  ...['a', 'box.a', 'inner.a', 'inner.data.a', 'inner.box.a', 'panel.c', 'inner.panel.c', 'boxes.x', 'rows.e', 'inner.rows.e'].flatMap((path) => [{ show: true, when: path, eq: 'x' }, simple('isEqual', 'x', { conditions: [{ component: path, operator: 'isEqual', value: 'x' }] }), simple('isEmpty', '', { conditions: [{ component: path, operator: 'isEmpty' }] })].map((conditional) => spec(`a condition in a form in a form, and one outside: ${JSON.stringify(conditional)}`, 'utils/conditions.js', [text('kind'), { type: 'form', key: 'inner', input: true, components: [text('a'), { type: 'container', key: 'box', input: true, components: [text('a'), text('b', { conditional })] }, { type: 'panel', key: 'panel', input: false, components: [text('c')] }, { type: 'selectboxes', key: 'boxes', input: true, values: options('x', 'y') }, { type: 'datagrid', key: 'rows', input: true, components: [text('e'), text('f', { conditional })] }, text('g', { conditional })] }, text('h', { conditional })], [['nothing', {}], ['answered', { inner: { data: { a: 'x', box: { a: 'x', b: '1' }, c: 'x', boxes: { x: 'x' }, rows: [{ e: 'x', f: '2' }, { e: 'y', f: '3' }], g: '4' } }, h: '5' }], ['not that', { a: 'x', inner: { data: { a: 'y', box: { a: 'y', b: '1' }, c: 'y', boxes: { x: true }, rows: [{ e: 'y', f: '2' }], g: '4' } }, h: '5' }]]))),
  spec('layout right in a form in a form knows none of its answers', 'utils/formUtil/index.js', [{ type: 'form', key: 'inner', input: true, components: [text('a'), { type: 'panel', key: 'panel', input: false, customConditional: "show = data.a === 'x'", components: [text('b')] }, { type: 'container', key: 'box', input: true, components: [{ type: 'panel', key: 'deeper', input: false, customConditional: "show = data.a === 'x'", components: [text('c')] }] }] }], [['x', { inner: { data: { a: 'x', b: '1', box: { c: '2' } } } }], ['y', { inner: { data: { a: 'y', b: '1', box: { c: '2' } } } }]]),
  spec('a form in a form in a list that is not there', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'rows', input: true, components: [{ type: 'selectboxes', key: 'boxes', input: true, values: options('x') }, { type: 'form', key: 'inner', input: true, components: [text('a', required)] }] }], [['no list', {}], ['an empty row', { rows: [{}] }]]),
  spec('is a form in a form answered?', 'utils/formUtil/index.js', [{ type: 'form', key: 'inner', input: true, components: [text('a'), { type: 'panel', key: 'panel', input: false, components: [text('b')] }] }, text('field', { conditional: simple('isNotEmpty', '', { conditions: [{ component: 'inner', operator: 'isNotEmpty' }] }) })], [['nothing', { field: 'x' }], ['blank', { inner: { data: { a: '' } }, field: 'x' }], ['one', { inner: { data: { a: 'x' } }, field: 'x' }], ['the other', { inner: { data: { b: 'x' } }, field: 'x' }]]),
  ...[{}, [], [5], ['x'], { a: 1 }].flatMap((limit) => [['a limit', [{ type: 'number', key: 'n', input: true, validate: { min: limit, max: limit } }, text('a', { validate: { minLength: limit, maxLength: limit, minWords: limit, maxWords: limit } }), { type: 'selectboxes', key: 'boxes', input: true, values: options('x', 'y'), validate: { minSelectedCount: limit, maxSelectedCount: limit } }]], ...(limit[0] === undefined ? [['a mask', [...(Array.isArray(limit) ? [text('a', { multiple: true, inputMask: limit })] : []), { type: 'number', key: 'n', input: true, inputMask: limit }, { type: 'phoneNumber', key: 'boxes', input: true, inputMask: limit }]]] : [])].map(([name, components]) => spec(`${name} that is ${JSON.stringify(limit)}`, 'process/validation/rules/index.js', components, [['nothing', {}], ['blank', { a: '', n: 0, boxes: '' }], ['one', { a: 'a', n: 5, boxes: { x: true } }], ['more', { a: 'ab cd ef', n: 7, boxes: { x: true, y: true } }], ['texts', { a: '7', n: 'x', boxes: 'x' }]]))),
  spec('fewer boxes than none', 'process/validation/rules/validateMaximumSelectedCount.js', [{ type: 'selectboxes', key: 'boxes', input: true, values: options('x'), validate: { maxSelectedCount: -1 } }], [['none', { boxes: {} }], ['one', { boxes: { x: true } }]]),
  spec('a message that is a number', 'error/FieldError.js', [text('a', { validate: { minLength: 3, pattern: '[a-z]+', customMessage: 5 } }), text('b', { validate: { minLength: 3, pattern: null, customMessage: {} } })], [['both wrong', { a: '1', b: '1' }]]),
  ...[5, true, {}, ['textfield'], 0, false].map((type) => spec(`a kind that is ${JSON.stringify(type)}`, 'utils/formUtil/index.js', [{ type, key: 'a', input: true, ...required }, text('b', { conditional: { show: true, when: 'a', eq: 'x' } })], [['nothing', {}], ['answered', { a: 'x', b: 'y' }], ['blank', { a: '', b: 'y' }]])),
  spec('keys that are no texts', 'utils/formUtil/index.js', [{ type: 'textfield', key: 5, input: true, ...required }, { type: 'number', key: true, input: true, ...required }], [['nothing', {}], ['answered', { 5: 'x', true: 5 }]]),
  spec('a password that says it is no answer', 'utils/formUtil/index.js', [{ type: 'password', key: 'a', input: false, ...required }], [['nothing', {}], ['answered', { a: 'x' }]]),
  ...['container', 'datagrid', 'editgrid', 'selectboxes', 'survey', 'button', 'signature'].flatMap((type) => [{}, { validate: { required: true } }].map((more) => spec(`several answers of ${type}${more.validate ? ', required' : ''}`, 'process/validation/rules/validateMultiple.js', [{ type, key: 'field', input: true, multiple: true, ...(['container', 'datagrid', 'editgrid'].includes(type) ? { components: [text('a')] } : type === 'selectboxes' ? { values: options('x') } : {}), ...more }], [['nothing', {}], ['none', { field: [] }], ['a text', { field: 'x' }], ['an object', { field: { a: 'x' } }], ['rows', { field: [{ a: 'x' }, {}] }], ['a list in a list', { field: [['x']] }]]))),
  spec('conditions on a tab', 'process/conditions/index.js', [text('kind'), { type: 'tabs', key: 'tabs', input: false, components: [{ key: 'one', label: 'Một', conditional: { show: true, when: 'kind', eq: 'x' }, components: [text('a', required)] }, { key: 'two', label: 'Hai', components: [text('b', { conditional: { show: true, when: 'tabs.one.a', eq: 'x' } })] }, { label: 'Ba', customConditional: "show = data.kind !== 'y'", components: [text('c')] }] }], [['nothing', {}], ['shown', { kind: 'x', a: 'x', b: '1', c: '2' }], ['hidden', { kind: 'y', a: 'x', b: '1', c: '2' }]]),
  ...['a[0]', 'a[b]', 'a[]', 'a.', 'a.b.', '.a', 'a..b', '[0]', 'a[0].b', "a['x']", 'a]'].map((key) => spec(`the key ${key}`, 'utils/formUtil/index.js', [text(key, required), text('z', { conditional: { show: true, when: key, eq: 'x' } })], [['nothing', { z: 'y' }], ['by its name', { [key]: 'x', z: 'y' }], ['one in the other', { a: [{ b: 'x' }], z: 'y' }], ['an object', { a: { b: 'x', x: 'x', '': 'x' }, z: 'y' }]])),
  ...['a[0]', 'a.'].map((key) => spec(`the key ${key} of a list and in one`, 'utils/formUtil/eachComponentData.js', [{ type: 'datagrid', key, input: true, components: [text('c', required)] }, { type: 'datagrid', key: 'rows', input: true, components: [text(key)] }], [['nothing', {}], ['one in the other', { a: [[{ c: 'x' }]], rows: [{ a: ['y'] }] }]])),
  spec('a key in a list and beside it: what is in no row is not meant', 'utils/formUtil/index.js', [{ type: 'datagrid', key: 'people', input: true, components: [text('name'), { type: 'datagrid', key: 'papers', input: true, components: [text('code')] }] }, { type: 'container', key: 'box', input: true, components: [text('name'), text('code')] }, text('a', { conditional: { show: true, when: 'name', eq: 'x' } }), text('b', { conditional: simple('isEqual', 'x', { conditions: [{ component: 'code', operator: 'isEqual', value: 'x' }] }) }), text('c', { conditional: simple('isEmpty', '', { conditions: [{ component: 'name', operator: 'isEmpty' }] }) }), text('d', { conditional: simple('isEmpty', '', { conditions: [{ component: 'people', operator: 'isEmpty' }] }) })], [['no row', { people: [], box: { name: 'x', code: 'x' }, a: '1', b: '1', c: '1', d: '1' }], ['no list', { box: { name: 'x', code: 'x' }, a: '1', b: '1', c: '1', d: '1' }], ['a row', { people: [{ name: 'y' }], box: { name: 'x', code: 'x' }, a: '1', b: '1', c: '1', d: '1' }], ['rows without papers', { people: [{ name: 'x', papers: [] }, { papers: [{ code: 'x' }] }], box: { name: 'y', code: 'y' }, a: '1', b: '1', c: '1', d: '1' }], ['no list at all', { people: {}, box: { name: 'x', code: 'x' }, a: '1', b: '1', c: '1', d: '1' }], ['null', { people: null, box: { name: 'x', code: 'x' }, a: '1', b: '1', c: '1', d: '1' }]]),
  spec('what names no kind holds nothing', 'utils/formUtil/index.js', [{ key: 'field', input: true }, { type: '', key: 'group', components: [text('inner', required)] }], [['nothing', {}], ['answered', { field: 'x', inner: 'y' }]]),
  ...[['radio', { values: {} }], ['radio', { values: ['x'] }], ['select', { data: { values: '' } }], ['select', { data: null }], ['select', { dataSrc: 'magic', data: {} }], ['columns', {}], ['columns', { columns: {} }], ['table', {}], ['table', { rows: 3 }], ['tabs', {}], ['panel', { components: {} }], ['datetime', { widget: { minDate: 'soon', maxDate: 5 } }]].map(([type, more]) => spec(`settings of another shape: ${type} ${JSON.stringify(more)}`, 'utils/formUtil/eachComponentData.js', [{ type, key: 'field', input: !['columns', 'table', 'tabs', 'panel'].includes(type), ...more }, text('other', required)], [['nothing', {}], ['answered', { field: 'x', other: 'y' }], ['a date', { field: '2026-11-22', other: 'y' }]])),
]);
console.log(`${total} cases`);
