// What @formio/core makes of a definition and answers, in the shape our engine prints.
//
// Scripts of definitions count on lodash and moment, which the renderer of Form.io gives them; here they are global. Today is always the
// same day, noon of which is now.
process.env.TZ = 'Asia/Ho_Chi_Minh';
import lodash from 'lodash';
import moment from 'moment';

/** The day that is today, for our engine too. */
export const TODAY = '2026-11-22';
const NOW = Date.parse(`${TODAY}T12:00:00+07:00`);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(NOW);
    else super(...parts);
  }
  static now() {
    return NOW;
  }
};
moment.now = () => NOW;
moment.suppressDeprecationWarnings = true;
globalThis._ = lodash;
globalThis.moment = moment;

const { default: core } = await import('@formio/core/process');
const { processSync, Processors } = core;

/** The outcome of one pass of the default processors: problems, hidden paths, the data that would be submitted. */
export function outcome(form, answers) {
  const components = structuredClone(form.components);
  const data = structuredClone(answers);
  const scope = {};
  const context = { form: { ...form, components }, components, data, submission: { data }, scope, processors: Processors };
  const { error, warn, log } = console;
  console.error = console.warn = console.log = () => {};
  try {
    processSync(context);
  } finally {
    Object.assign(console, { error, warn, log });
  }
  const problems = (scope.errors ?? []).map(({ ruleName, context: { path } }) => ({ path: String(path), rule: ruleName }));
  const hidden = (scope.conditionals ?? []).filter((it) => it.conditionallyHidden).map((it) => String(it.path));
  return { problems, hidden: [...new Set(hidden)].sort(), data: JSON.parse(JSON.stringify(context.data)) };
}

/** A text that is the same for the same outcome, whatever the order of problems and keys. */
export function text(outcome) {
  const problems = [...new Set(outcome.problems.map(({ path, rule }) => `${path} ${rule}`))].sort();
  return JSON.stringify([problems, [...outcome.hidden].sort(), sorted(outcome.data)]);
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
