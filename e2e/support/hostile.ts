// Definitions that try to run script, to reach out, or to stop the page. `canary()` is what all of them want to call.

/** One attempt. */
export interface Hostile {
  /** What is tried. */
  what: string;
  /** The definition as it is pasted. */
  text: string;
}

type Component = Record<string, unknown>;

const image = '<img src=x onerror="canary()">';
const script = "<script>canary()</script>";
const vector = '<svg onload="canary()"><animate onbegin="canary()" attributeName="x"/></svg>';
const address = "javascript:canary()";
const dataPage = "data:text/html,<script>parent.canary()</script>";

function form(components: Component[], more: Component = {}): string {
  return JSON.stringify({ display: "form", title: "Thử", components, ...more });
}

function field(more: Component): Component {
  return { type: "textfield", key: "a", label: "A", input: true, ...more };
}

function content(html: string): string {
  return form([{ type: "content", key: "c", html, input: false }, field({})]);
}

function nested(depth: number): Component {
  return depth === 0 ? field({}) : { type: "fieldset", key: `g${depth}`, legend: "G", components: [nested(depth - 1)] };
}

const attempts: [what: string, text: string][] = [
  ["script in a label", form([field({ label: script })])],
  ["an image that fails in a label", form([field({ label: image })])],
  ["a drawing that loads in a description", form([field({ description: vector })])],
  ["script in a tooltip", form([field({ tooltip: image })])],
  ["script in a placeholder", form([field({ placeholder: `"><script>canary()</script>` })])],
  ["script in the title and legend", form([{ type: "fieldset", key: "g", legend: image, components: [field({})] }], { title: script })],
  ["script in prefix, suffix and class", form([field({ prefix: image, suffix: script, customClass: '" onfocus="canary()' })])],
  ["script in the label of an option", form([{ type: "radio", key: "r", label: "R", input: true, values: [{ value: "x", label: image }] }])],
  ["script in the value of an option", form([{ type: "select", key: "s", label: "S", input: true, data: { values: [{ value: '"><img src=x onerror=canary()>', label: "S" }] } }])],
  ["script in a message", form([field({ validate: { required: true, customMessage: image }, errors: { required: script } })])],
  ["script in a default answer", form([field({ defaultValue: image })])],
  ["script in a label of a list's button", form([{ type: "datagrid", key: "d", label: image, addAnother: script, input: true, components: [field({})] }])],
  ["script in text", content(`<p>Xin chào</p>${script}`)],
  ["an image in text", content(`<p>${image}</p>`)],
  ["a drawing in text", content(vector)],
  ["a frame in text", content(`<iframe src="${dataPage}"></iframe><iframe srcdoc="<script>parent.canary()</script>"></iframe>`)],
  ["an object and an embed in text", content(`<object data="${dataPage}"></object><embed src="${dataPage}">`)],
  ["a link to script", content(`<p><a href="${address}">bấm</a></p>`)],
  ["a link to script, disguised", content('<p><a href=" jav&#x09;ascript:canary()">bấm</a><a href="JaVaScRiPt&colon;canary()">bấm</a></p>')],
  ["a link to a page in its own address", content(`<p><a href="${dataPage}">bấm</a></p>`)],
  ["a form, a base and a refresh in text", content('<base href="https://canary.example/"><meta http-equiv="refresh" content="0;url=https://canary.example/"><form action="https://canary.example/"><button>gửi</button></form>')],
  ["styles that fetch", content('<style>@import "https://canary.example/x.css"; * { background: url(https://canary.example/y) }</style><p style="background:url(https://canary.example/z)">chữ</p>')],
  ["markup that changes when read twice", content('<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=canary()&gt;">')],
  ["noscript, template and broken tags", content('<noscript><p title="</noscript><img src=x onerror=canary()>"></noscript><template><script>canary()</script></template><p <img src=x onerror=canary()//')],
  ["a custom check", form([field({ validate: { custom: "canary(); valid = true" } })])],
  ["a check that reaches the constructor of functions", form([field({ validate: { custom: "valid = ''.constructor.constructor('canary()')()" } })])],
  ["a calculated answer", form([field({ calculateValue: "value = (() => { canary(); })()" })])],
  ["a default made by script", form([field({ customDefaultValue: "value = window.canary()" })])],
  ["a condition by script", form([field({ customConditional: "show = eval('canary()')" })])],
  ["logic that runs script", form([field({ logic: [{ name: "l", trigger: { type: "javascript", javascript: "result = canary()" }, actions: [{ type: "customAction", customAction: "canary()" }] }] })])],
  ["logic data that names what every object has", form([field({ conditional: { json: { "==": [{ var: "constructor.constructor" }, { var: "__proto__.polluted" }] } } })])],
  ["an operation that is no operation", form([field({ conditional: { json: { constructor: ["canary()"] } } })])],
  ["keys that every object has", form([field({ key: "__proto__" }), field({ key: "constructor" }), field({ key: "hasOwnProperty" }), field({ key: "toString" })])],
  ["a key that reaches into the prototype", form([field({ key: "__proto__.polluted", defaultValue: "yes" }), field({ key: "constructor.prototype.polluted", defaultValue: "yes" })])],
  ["a key that is markup", form([field({ key: 'a"><img src=x onerror=canary()>' })])],
  ["templates", form([field({ label: "{{ canary() }}", description: "<% canary() %>", template: "<span>{{ canary() }}</span>" }), { type: "select", key: "s", label: "${canary()}", input: true, template: "{{ item.constructor.constructor('canary()')() }}", data: { values: [{ value: "x", label: "{{ constructor.constructor('canary()')() }}" }] } }])],
  ["an address to fetch options from", form([{ type: "select", key: "s", label: "S", input: true, dataSrc: "url", data: { url: "https://canary.example/options", headers: [{ key: "X", value: "{{ canary() }}" }] } }])],
  ["a button with script", form([{ type: "button", key: "b", label: image, action: "custom", custom: "canary()", input: true }, { type: "button", key: "u", label: "Gửi", action: "url", url: "https://canary.example/", input: true }])],
  ["a pattern that is script", form([field({ validate: { pattern: "x/.constructor.constructor('canary()')(),/", patternMessage: image } })])],
  ["a pattern that tries twice as long for each letter", form([field({ validate: { pattern: "(a+)+" }, defaultValue: `${"a".repeat(5_000)}!` })])],
  ["a pattern of words that does so too", form([field({ validate: { pattern: "([A-Za-z]+ ?)+" }, defaultValue: `${"Nguyen Thi Hong Nhung ".repeat(200)}1` })])],
  ["a pattern whose choices overlap", form([field({ validate: { pattern: "(\\w|[a-z]|x{1,3})*-" }, defaultValue: "x".repeat(5_000) })])],
  ["a broken pattern", form([field({ validate: { pattern: "(((((" } })])],
  ["nested three hundred deep", `{"components":[${'{"type":"fieldset","key":"g","components":['.repeat(300)}${"]}".repeat(300)}]}`],
  ["nested forty deep, each around one", form([nested(40)])],
  ["ten thousand fields", form(Array.from({ length: 10_000 }, (_, at) => field({ key: `f${at}` })))],
  ["a label of half a million letters", form([field({ label: "ệ".repeat(160_000) })])],
  ["fields that ask each other in a circle", form([field({ key: "a", conditional: { show: true, when: "b", eq: "" } }), field({ key: "b", conditional: { show: false, when: "a", eq: "" } })])],
  ["a list of a million rows by default", form([{ type: "datagrid", key: "d", label: "D", input: true, initEmpty: false, validate: { minLength: 1_000_000 }, components: [field({})] }])],
  ["no definition at all", '"<script>canary()</script>"'],
  ["letters that turn the text around", form([field({ label: "\u202Eirhn \u2066\u0000 \uFEFF", key: "a" })])],
];

/** All of them. */
export const HOSTILE: Hostile[] = attempts.map(([what, text]) => ({ what, text }));
