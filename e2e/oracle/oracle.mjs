// What @formio/core makes of a definition and answers, in the shape our engine prints.
import core from '@formio/core/process';

const { processSync, Processors } = core;

/** The outcome of one pass of the default processors: problems, hidden paths, the data that would be submitted. */
export function outcome(form, answers) {
  const components = structuredClone(form.components);
  const data = structuredClone(answers);
  const scope = {};
  const context = { form: { ...form, components }, components, data, submission: { data }, scope, processors: Processors };
  const error = console.error;
  const warn = console.warn;
  console.error = () => {};
  console.warn = () => {};
  try {
    processSync(context);
  } finally {
    console.error = error;
    console.warn = warn;
  }
  const problems = (scope.errors ?? []).map(({ ruleName, context: { path } }) => ({ path, rule: ruleName }));
  const hidden = (scope.conditionals ?? []).filter((it) => it.conditionallyHidden).map((it) => it.path);
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
