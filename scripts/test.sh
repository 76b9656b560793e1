#!/usr/bin/env bash
# Everything that must hold, in the order that fails soonest; called by `make test`, which has set up the tools.
# Each step's output is kept in target/test/<step>.log. The last line is "N passed, N failed": the tests the runners
# counted, and one for each step that is a check without tests. A step that did not run is not counted as passed.
set -uo pipefail
cd "$(dirname "$0")/.."

logs=target/test
mkdir -p "$logs"
rm -f "$logs"/*
passed=0
failed=0
failures=()
: "${CARGO_TARGET_DIR:=target}"

say() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

# Adds what a log's runner counted: cargo's "N passed; M failed", Playwright's "N passed" and "N failed" on lines of
# their own, our own runners' "N passed, M failed".
count() {
  local log=$1 status=$2 ok bad
  ok=$(sed -nE 's/\x1b\[[0-9;]*m//g; s/^test result: [a-zA-Z]+\. ([0-9]+) passed; .*/\1/p; s/^ +([0-9]+) passed( \(.*\))?$/\1/p; s/^([0-9]+) passed, [0-9]+ failed$/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  bad=$(sed -nE 's/\x1b\[[0-9;]*m//g; s/^test result: [a-zA-Z]+\. [0-9]+ passed; ([0-9]+) failed.*/\1/p; s/^ +([0-9]+) (failed|did not run|interrupted)$/\1/p; s/^[0-9]+ passed, ([0-9]+) failed$/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  if [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$status" -eq 0 ]; then ok=1; fi
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + ok))
  failed=$((failed + bad))
}

# step NAME WHAT COMMAND...
step() {
  local name=$1 what=$2 status=0
  shift 2
  say "$what"
  "$@" </dev/null 2>&1 | tee "$logs/$name.log" || status=$?
  count "$logs/$name.log" "$status"
  [ "$status" -eq 0 ] || failures+=("$name")
  return 0
}

licences() { cargo-deny --offline --locked check licenses bans sources; }

native() {
  cargo test --workspace --locked --no-fail-fast
}

# The contract: generated requests against a sandbox that validates its own answers with the same file.
contract() {
  local port=8091 pid status=0
  "$CARGO_TARGET_DIR/debug/sandbox" --listen 127.0.0.1:$port --database memory --dist dist --contract e2e/contract/openapi.yaml --test-controls >"$logs/contract-sandbox.log" 2>&1 &
  pid=$!
  # It compresses the catalogue before it listens.
  curl --silent --output /dev/null --retry 60 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/api/v1/session"
  e2e/contract/run-schemathesis "http://127.0.0.1:$port" || status=$?
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  return $status
}

# Dates of the reference are in the time of its machine; ours are in Vietnam's.
oracle() { (cd e2e/oracle && export TZ=Asia/Ho_Chi_Minh && npm run --silent specs && npm run --silent scripts && npm run --silent random); }

journeys() { (cd e2e && npx --no-install playwright test); }

# Page, worker and the page with sealing off carry one build id.
MOT_CUA_BUILD="$(node scripts/build-id.mjs)"
export MOT_CUA_BUILD

# The release build is one long thread of linking: it runs beside the native steps and is waited for below.
say "release build of page and worker, in the background (2 to 5 minutes)"
(trunk build --release --skip-version-check --public-url / >"$logs/build.log" 2>&1 </dev/null) &
build=$!

step format "format" cargo fmt --all --check
step lint "lints, native" cargo lint
step lint-wasm "lints, wasm32" cargo lint-wasm
step licences "licences, bans, sources of crates" licences
step types "types of the journeys" npm --prefix e2e run --silent check
step native "native tests (compiles first)" native
step corpus "findings over the labelled corpus of pictures" e2e/corpus/run "$CARGO_TARGET_DIR/debug/examples/inspect"
step sandbox "sandbox" cargo build --locked -p sandbox
step oracle "forms against their reference" oracle

say "waiting for the release build"
build_status=0
wait "$build" || build_status=$?
tail -n 3 "$logs/build.log"
count "$logs/build.log" "$build_status"
[ "$build_status" -eq 0 ] || { failures+=(build); cat "$logs/build.log"; }

step unsealed "the page with sealing off, for the journey that proves its search" node scripts/build-unsealed.mjs
[ ! -x e2e/contract/run-schemathesis ] || step contract "contract, generated requests" contract
step journeys "journeys in Chromium" journeys

echo
if [ ${#failures[@]} -gt 0 ]; then echo "failed: ${failures[*]} (logs in $logs)"; fi
echo "took ${SECONDS} s"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
