// Checks every case of src/forms/tests/specs against @formio/core and prints a table. A case may differ only if it says why.
import { readFileSync, readdirSync } from 'node:fs';
import { outcome, text } from './oracle.mjs';

const folder = new URL('../../src/forms/tests/specs/', import.meta.url);
let [agree, differ, wrong] = [0, 0, 0];
for (const file of readdirSync(folder).sort()) {
  const count = { agree: 0, differs: 0, wrong: 0 };
  for (const spec of JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) {
    for (const it of spec.cases) {
      let judged;
      try {
        judged = outcome(spec.form, it.answers);
      } catch (error) {
        judged = { problems: [], hidden: [], data: {}, threw: String(error) };
      }
      const same = text(judged) === text(it.outcome) && !judged.threw;
      if (same === !it.differs) {
        count[same ? 'agree' : 'differs'] += 1;
      } else {
        count.wrong += 1;
        console.log(`${file}: ${spec.description}: ${it.description}\n  spec ${text(it.outcome)}\n  core ${text(judged)}${same ? '\n  says it differs, but does not' : ''}`);
      }
    }
  }
  console.log(`${file.padEnd(20)} ${String(count.agree).padStart(5)} agree ${String(count.differs).padStart(3)} differ and say why ${String(count.wrong).padStart(3)} wrong`);
  agree += count.agree;
  differ += count.differs;
  wrong += count.wrong;
}
console.log(`${agree} of ${agree + differ + wrong} agree, ${differ} differ and say why, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
