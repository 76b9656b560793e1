//! Scripts of definitions as data: what they answer is what JavaScript answers (`e2e/oracle/scripts.mjs` checks the same table), and
//! what lies outside the language is refused with its place.

use forms::{Answer, CivilDate, FaultCause, Read, Role, RunFault, Scope, Script, Writings, Written};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

fn role(name: &str) -> Role {
    match name {
        "show" => Role::Show,
        "valid" => Role::Valid,
        "result" => Role::Result,
        "schema" => Role::Schema,
        _ => Role::Value,
    }
}

fn today() -> CivilDate {
    CivilDate::new(2026, 11, 25).expect("a day")
}

/// What a script answers, in the words of the table.
/// What a script answers; `as_core` is how `@formio/core` takes what nobody can read.
fn answer(role: Role, source: &str, scope: &Value, as_core: bool) -> Value {
    let read = if as_core { Script::parse_to_compare } else { Script::parse };
    let script = match read(source, role).map(|it| it.of_component(Arc::new(scope["component"].clone()))) {
        Ok(script) => script,
        Err(fault) => return json!(fault.to_string()),
    };
    let written = Writings::default();
    let scope = Scope {
        data: &scope["data"],
        row: &scope["row"],
        value: scope.get("value"),
        input: scope.get("input"),
        row_index: scope["rowIndex"].as_u64().and_then(|row| usize::try_from(row).ok()),
        today: today(),
        written: as_core.then_some(Written { row: "", into: &written }),
    };
    match script.run(&scope) {
        Err(
            RunFault::MemberOfNothing
            | RunFault::NotAFunction
            | RunFault::NotDefined
            | RunFault::OutOfRange
            | RunFault::Thrown,
        ) => json!("throws"),
        Err(fault) => json!(fault.to_string()),
        Ok(Answer::Undefined) => json!("undefined"),
        Ok(Answer::NoDate) => json!({ "value": null }),
        Ok(Answer::NotFinite(number)) if number.is_nan() => json!("NaN"),
        Ok(Answer::NotFinite(number)) => json!(if number > 0.0 { "Infinity" } else { "-Infinity" }),
        Ok(Answer::Value(value)) => json!({ "value": value }),
    }
}

/// Equal but for how a number is written: 1 and 1.0, and 1e21.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|it| same(value, it)))
        }
        (one, other) => one == other,
    }
}

#[test]
fn scripts_answer_as_javascript_does() {
    let groups: Vec<Value> = serde_json::from_str(include_str!("script_cases.json")).expect("the table is JSON");
    let (mut run, mut wrong) = (0, Vec::new());
    for group in &groups {
        let role = role(group["role"].as_str().expect("a role"));
        for case in group["cases"].as_array().expect("cases") {
            let (source, expected) = (case[0].as_str().expect("a script"), &case[1]);
            let answer = answer(role, source, &group["scope"], group["as"] == "core");
            run += 1;
            if !same(&answer, expected) {
                wrong.push(format!("{}: {source}\n  expected {expected}, got {answer}", group["description"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} scripts answer differently:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run >= 700, "only {run} scripts ran");
}

#[test]
fn what_is_outside_the_language_is_refused_with_its_place() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("script_refusals.json")).expect("the table is JSON");
    let mut wrong = Vec::new();
    for case in &cases {
        let source = case[0].as_str().expect("a script");
        let told = match Script::parse(source, Role::Value) {
            Ok(_) => json!("read"),
            Err(fault) => json!([fault.column, fault.token, format!("{:?}", fault.cause)]),
        };
        if told != json!([case[1], case[2], case[3]]) {
            wrong.push(format!("{source}\n  expected {case}, told {told}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} refusals differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn what_form_io_would_call_while_it_fills_a_check_is_refused() {
    let fault = Script::parse("valid = {{ t(data.a) }} > 3", Role::Valid).expect_err("a call");
    assert_eq!((fault.column, fault.token.as_str(), fault.cause), (9, "t(data.a)", FaultCause::Unsupported));
}

#[test]
fn a_check_that_begins_a_million_places_is_refused_as_any_long_one() {
    for piece in ["{{", "{{\n", "{{}}"] {
        let fault = Script::parse(&piece.repeat(1_000_000), Role::Valid).expect_err("a long text");
        assert_eq!(fault.cause, FaultCause::TooLong, "{piece:?}");
    }
}

#[test]
fn a_place_ends_on_the_line_it_begins() {
    check_answer("valid = 1 /* {{ \n */ + {{ data.n }} /* }} */", &json!({ "value": 3 }));
}

#[track_caller]
fn check_answer(source: &str, expected: &Value) {
    let told = answer(Role::Valid, source, &json!({ "data": { "n": 2 }, "row": {} }), false);
    assert_eq!(told, *expected, "{source}");
}

#[track_caller]
fn check_reads(source: &str, expected: &[&str]) {
    let script = Script::parse(source, Role::Show).expect("a script");
    let told = |read: &Read| match read {
        Read::Data(path) => ["data:", path].concat(),
        Read::Row(path) => ["row:", path].concat(),
        Read::Own => "own".to_owned(),
    };
    let reads: Vec<String> = script.reads().map(told).collect();
    assert_eq!(reads, expected, "{source}");
}

#[test]
fn a_script_tells_what_it_reads() {
    check_reads("show = data.a + row.b.c", &["data:a", "row:b.c"]);
    check_reads("show = data['a']['b c']", &["data:a.b c"]);
    check_reads("show = data.list.length + data.list.map(row => row.x).length", &["data:list"]);
    check_reads("show = data[row.key]", &["row:key", "data:"]);
    check_reads("show = data.list[0].name", &["data:list"]);
    check_reads("show = _.get(data, 'a.b') || _.has(row, 'c')", &["data:a.b", "row:c"]);
    check_reads("show = _.get(data, row.key)", &["data:", "row:key"]);
    check_reads("show = Object.keys(data)", &["data:"]);
    check_reads("show = Object.keys(data) + _.get(data, 'a')", &["data:", "data:a"]);
    check_reads("show = submission.data.a + _.sumBy(data.list, 'x')", &["data:a", "data:list"]);
    check_reads("show = value + input + rowIndex", &["own"]);
}

/// The scope of the properties: a bit of everything.
fn some_scope() -> Value {
    json!({ "data": { "a": 1, "b": "hai", "list": [{ "x": 1 }, { "x": "2" }], "day": "25/11/2008", "o": { "p": null } },
        "row": { "a": true }, "value": "x", "input": 5, "rowIndex": 0 })
}

#[track_caller]
fn check_stops(source: &str, expected: RunFault) {
    let told = answer(Role::Value, source, &some_scope(), false);
    assert_eq!(told, json!(expected.to_string()), "{source}");
}

#[test]
fn going_through_a_long_answer_is_paid_for_each_time() {
    let scope = json!({ "data": { "t": "9".repeat(1_000_000), "list": [1] }, "row": {} });
    for through in [
        "data.t.length",
        "+data.t",
        "parseInt(data.t)",
        "data.t === data.t",
        "data.t < data.t",
        "data.t == 9",
        "'x'.charAt(data.t)",
        "'x'.replace(data.t, '')",
        "_.size(data.t)",
        "_.includes(data.t, 1)",
        "_.get(data, data.t)",
        "_.map(data.list, data.t)",
        "new Date(data.t)",
        "Date.parse(data.t)",
        "moment(data.t)",
        "moment.duration(data.t)",
    ] {
        let told = answer(Role::Value, &format!("for (let n = 0; n < 10; n++) {{ {through} }}"), &scope, false);
        assert_eq!(told, json!(RunFault::TooLong.to_string()), "{through}");
        let once = answer(Role::Value, &format!("{through}; value = 1"), &scope, false);
        assert_eq!(once, json!({ "value": 1 }), "{through}");
    }
}

#[test]
fn a_script_that_takes_too_long_is_stopped() {
    let long = "x".repeat(100);
    check_stops("const f = n => f(n + 1); f(0)", RunFault::TooDeep);
    check_stops("const f = n => { if (n) { f(n - 1); f(n - 1); } }; f(30)", RunFault::TooLong);
    check_stops(
        &format!("var s = '{long}'; const f = n => {{ s = s + s; if (n) f(n - 1); }}; f(30)"),
        RunFault::TooLong,
    );
    check_stops("value = 'x'.repeat(1e9)", RunFault::TooLong);
    check_stops("value = new Array(1e9)", RunFault::TooLong);
    // Each is gone through once for each of its pieces.
    check_stops("value = moment().format('A'.repeat(9999))", RunFault::TooLong);
    check_stops("value = moment('1'.repeat(9999), 'DD/MM/YYYY').isValid()", RunFault::TooLong);
    check_stops("value = moment('1', '['.repeat(9999)).isValid()", RunFault::TooLong);
    for endless in [
        "while (true) {}",
        "for (;;) {}",
        "for (let i = 0; i >= 0; i++) { }",
        "try { while (true) {} } catch (e) { value = 1 } finally { value = 2 }",
        "let s = 'a'; while (true) { s += s }",
        "let s = 'a'; for (;;) { s = [s, s].join() }",
        "const x = [1]; for (;;) { x.push(...x) }",
        "const x = [1]; for (;;) { x.push([...x]) }",
        "let x = { a: 1 }; for (;;) { x = { ...x, b: x } }",
        "const l = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]; for (const a of l) for (const b of l) for (const c of l) for (const d of l) for (const e of l) value = a",
    ] {
        check_stops(endless, RunFault::TooLong);
    }
    check_stops("value = 'x'.padStart(1e9)", RunFault::TooLong);
    check_stops("value = 'xxxxxxxxxx'.repeat(9999).split('')", RunFault::TooLong);
    check_stops("var s = 'a'.repeat(9999); value = s.replaceAll('a', s)", RunFault::TooLong);
    check_stops("var s = 'a'.repeat(9999); value = s.split('').map(x => s).join()", RunFault::TooLong);
    check_stops("var a = [1]; a.push(a); value = '' + a", RunFault::TooDeep);
    check_stops("var a = [1]; a.push(a); value = a", RunFault::TooDeep);
    check_stops("var o = {}; o.o = o; value = o", RunFault::TooDeep);
    check_stops("var o = {}; o.o = o; value = _.isEqual(o, { o: { o: o } })", RunFault::TooDeep);
    let doubled = "var a = [1, 1]; const f = n => { a = [a, a]; if (n) f(n - 1); }; f(25); value = ";
    check_stops(&format!("{doubled}'' + a"), RunFault::TooLong);
    check_stops(&format!("{doubled}a"), RunFault::TooLong);
    check_stops(&format!("{doubled}_.isEqual(a, [a[0], [a[0], a[1]]])"), RunFault::TooLong);
    check_stops(
        "const l = []; const f = n => { l.push(data, data, data, data); if (n) f(n - 1); }; const g = n => { f(20); if (n) g(n - 1) }; const h = n => { g(20); if (n) h(n - 1) }; h(20)",
        RunFault::TooLong,
    );
}

#[test]
fn answers_are_never_written_to() {
    check_stops("data.list.push(1)", RunFault::Unsupported);
    check_stops("var l = data.list; l.push(1)", RunFault::Unsupported);
    check_stops("var l = data.list; l[0] = 1", RunFault::Unsupported);
    check_stops("var o = data.o; o.p = 1", RunFault::Unsupported);
    check_stops("data.list.reverse()", RunFault::Unsupported);
    check_stops("data.list.forEach(row => { row.x = 1 })", RunFault::Unsupported);
}

#[test]
fn deep_and_long_scripts_are_read_or_refused_but_never_overflow() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("!", ""),
        ("-", ""),
        ("typeof ", ""),
        ("value = ", ""),
        ("if (1) ", ""),
        ("{a:", "}"),
        ("data[", "]"),
        ("isNaN(", ")"),
        ("[1].map(x => ", ")"),
        ("[1].map(function () { return ", "})"),
        ("1 ? ", " : 2"),
        ("1 ? 2 : ", ""),
        ("`${", "}`"),
        ("_.get(", ")"),
        ("x => ", ""),
        ("if (1) {} else ", ""),
        ("a.b(", ")"),
        ("1 + (", ")"),
        ("const f = x => {", "}"),
        ("function f() {", "}"),
        ("data?.[", "]"),
    ] {
        for depth in [10, 30, 47, 100, 2_000] {
            for role in [Role::Show, Role::Valid, Role::Value, Role::Result] {
                let source = ["value = ", &open.repeat(depth), "1", &close.repeat(depth)].concat();
                answer(role, &source, &some_scope(), false);
                answer(role, &source, &some_scope(), true);
                answer(role, &source[8..], &some_scope(), false);
                answer(role, &source[8..], &some_scope(), true);
            }
        }
    }
    for link in [
        " + 1",
        " && 1",
        " == 1",
        ".a",
        "['a']",
        "?.a",
        ".toString()",
        " ? 1 : 1",
        "\n1",
        " * data.a",
        "; if (1) 1; else 1",
    ] {
        let source = ["value = data", &link.repeat(15_000 / link.len())].concat();
        let told = answer(Role::Value, &source, &some_scope(), false);
        assert_ne!(told, json!("nested too deep"), "{link}: a long chain is not a deep one");
    }
    // The deepest that is read, run as deep as may be.
    let nested = ["[".repeat(40), "f(n + 1)".to_owned(), "]".repeat(40)].concat();
    check_stops(&["const f = n => ", &nested, "; f(0)"].concat(), RunFault::TooDeep);
}

/// Pieces scripts are made of, sensible and not.
const PIECES: &[&str] = &[
    "value",
    "show",
    "valid",
    "data",
    "row",
    "input",
    "a",
    "b",
    "x",
    ".a",
    ".list",
    ".length",
    "[0]",
    "['x']",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    "?",
    ":",
    "?.",
    "=>",
    "x =>",
    "function (x) {",
    "return ",
    "var ",
    "let ",
    "const ",
    "if (",
    "else ",
    "=",
    "==",
    "===",
    "!=",
    "!",
    "<",
    ">=",
    "&&",
    "||",
    "??",
    "+",
    "-",
    "*",
    "/",
    "%",
    "+=",
    "++",
    "--",
    "typeof ",
    " in ",
    "'a'",
    "\"\"",
    "`",
    "${",
    "1",
    "0",
    "2.5",
    "1e9",
    "-1",
    "null",
    "undefined",
    "NaN",
    "true",
    "new Date(",
    "moment(",
    "'DD/MM/YYYY'",
    ".map(",
    ".reduce(",
    ".split(",
    ".slice(",
    ".replace(",
    ".repeat(",
    ".padStart(",
    ".toFixed(",
    ".push(",
    ".diff(",
    ".add(",
    ".format(",
    ".endOf('month')",
    ".setMonth(",
    "Math.pow(",
    "Math.max(",
    "parseInt(",
    "Number(",
    "_.get(",
    "_.some(",
    "_.sumBy(",
    "_.round(",
    "Object.keys(",
    "data.list",
    "data.day",
    "\n",
    " ",
    "// ",
    "/*",
    "*/",
    "😀",
    "\\",
    "instance",
    "submission.data",
    "this",
];

/// The scripts of the table.
static SOURCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let groups: Vec<Value> = serde_json::from_str(include_str!("script_cases.json")).expect("the table is JSON");
    let cases = groups.iter().flat_map(|group| group["cases"].as_array().into_iter().flatten());
    cases.filter_map(|case| case[0].as_str().map(str::to_owned)).collect()
});

fn run_anything(source: &str) {
    for role in [Role::Show, Role::Valid, Role::Value, Role::Result] {
        answer(role, source, &some_scope(), false);
        answer(role, source, &some_scope(), true);
        answer(role, source, &json!({ "data": null, "row": [] }), false);
        answer(role, source, &json!({ "data": null, "row": [] }), true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic(source in "\\PC{0,60}|[ -~\\n]{0,80}") {
        run_anything(&source);
    }

    #[test]
    fn no_soup_of_pieces_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        run_anything(&pieces.concat());
    }

    #[test]
    fn no_change_to_a_script_that_runs_makes_it_panic(
        one in any::<prop::sample::Index>(),
        two in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        piece in prop::sample::select(PIECES),
    ) {
        let sources = &*SOURCES;
        let (one, two) = (one.get(sources).as_str(), two.get(sources).as_str());
        let cuts: Vec<usize> = one.char_indices().map(|(at, _)| at).collect();
        let at = *cut.get(&cuts);
        let rest = two.char_indices().map(|(at, _)| at).nth(at).map_or("", |at| &two[at..]);
        run_anything(&[&one[..at], piece, rest].concat());
        run_anything(&[&one[..at], piece, &one[at..]].concat());
    }

    #[test]
    fn no_number_or_date_makes_it_panic(number in any::<f64>(), digits in -5_i64..110, text in "[0-9/:. A-Za-z()é+-]{0,16}") {
        let source = format!(
            "const n = {number:e} * 1, t = '{text}'; value = [n.toFixed({digits}), new Date(n).getFullYear(), new Date(n, n, n).getTime(), \
             moment(n).add(n, 'months').format(), moment(t, 'DD/MM/YYYY HH:mm').diff(moment(), 'years'), new Date(t).getTime(), \
             _.round(n, {digits}), parseInt(n, {digits}), String(n), t.slice(n, {digits}), t.substr({digits}, n), moment(n).endOf('year').toISOString()]"
        );
        run_anything(&source);
        run_anything(&source.replace("n.toFixed", "1 || n.toFixed"));
    }
}

#[test]
fn no_year_is_too_far_away() {
    for far in [
        "moment().add(1e9, 'years')",
        "moment().year(-1e9)",
        "moment([1e8])",
        "new Date(1e8, 1e8, 1e8)",
        "new Date('999999999')",
    ] {
        run_anything(&format!("value = {far}.toString()"));
    }
}
