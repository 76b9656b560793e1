# `make serve` and `make test` work from a fresh clone: each sets up what is missing first.
#
#   make serve   build the release app and the sandbox, serve both on http://127.0.0.1:8080
#   make test    everything: format, lints, native tests, contract, oracle, release build, journeys
#   make bench   measure bytes and times, forms beside @formio/js, into target/bench/report.json
#   make build   the release page in dist/ (PUBLIC_URL=/motcua/ for a base path; it begins and ends with "/")
#   make setup   only the tools
#   make fmt     format the Rust sources
#   make fuzz    random inputs for whatever reads from outside (FUZZ_SECONDS each, FUZZ_TARGETS="script evaluate")
#   make screens copy the journeys' pictures that README shows into docs/screens
#   make help    this list
#
# Tools are pinned here and kept outside the clone, one folder per version, so that clones share them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: serve test bench build sandbox setup fmt fuzz corpus screens help advisories clean

TRUNK_VERSION := 0.21.14
WASM_BINDGEN_VERSION := 0.2.130
CARGO_DENY_VERSION := 0.20.2
CARGO_FUZZ_VERSION := 0.13.1

TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mot-cua
TRUNK := $(TOOLS)/trunk-$(TRUNK_VERSION)/bin/trunk
WASM_BINDGEN := $(TOOLS)/wasm-bindgen-$(WASM_BINDGEN_VERSION)/bin/wasm-bindgen
CARGO_DENY := $(TOOLS)/cargo-deny-$(CARGO_DENY_VERSION)/bin/cargo-deny
CARGO_FUZZ := $(TOOLS)/cargo-fuzz-$(CARGO_FUZZ_VERSION)/bin/cargo-fuzz
NODE_PACKAGES := e2e/node_modules/.package-lock.json
ORACLE_PACKAGES := e2e/oracle/node_modules/.package-lock.json
BENCH_PACKAGES := e2e/bench/node_modules/.package-lock.json

PUBLIC_URL ?= /
PORT ?= 8080
FUZZ_SECONDS ?= 180
FUZZ_TARGETS ?= $(notdir $(basename $(wildcard fuzz/fuzz_targets/*.rs)))
TARGET := $(or $(CARGO_TARGET_DIR),target)

export PATH := $(dir $(TRUNK)):$(dir $(WASM_BINDGEN)):$(dir $(CARGO_DENY)):$(dir $(CARGO_FUZZ)):$(CURDIR)/e2e/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
export PUBLIC_URL

serve: build sandbox
	@echo "serve: http://127.0.0.1:$(PORT)$(PUBLIC_URL) (Ctrl-C ends; the database is target/sandbox.sqlite)"
	@mkdir -p target
	@exec "$(TARGET)/debug/sandbox" --listen 127.0.0.1:$(PORT) --database target/sandbox.sqlite --dist dist --base-path "$(PUBLIC_URL)"

test: setup $(CARGO_DENY) $(ORACLE_PACKAGES)
	@exec scripts/test.sh

bench: build sandbox $(BENCH_PACKAGES)
	@cd e2e && exec npx --no-install playwright test --config bench/playwright.config.ts

build: setup
	@echo "build: the page and its worker, size-optimised (2 to 4 minutes when the sources changed)"
	@MOT_CUA_BUILD="$$(node scripts/build-id.mjs)" trunk build --release --skip-version-check --public-url "$(PUBLIC_URL)"

sandbox: setup
	@echo "sandbox: building the server"
	@cargo build --locked -p sandbox

fmt:
	@cargo fmt --all

# What is found is kept in target/fuzz, what crashes in fuzz/artifacts; fuzz/corpus is only read. The compiler is the pinned stable one:
# without a sanitizer the coverage libFuzzer needs is an option of LLVM.
fuzz: .setup-rust $(CARGO_FUZZ)
	@failed=""; for target in $(FUZZ_TARGETS); do \
	  echo "fuzz: $$target, $(FUZZ_SECONDS) s"; \
	  mkdir -p "target/fuzz/$$target" "fuzz/corpus/$$target"; \
	  RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none --target-dir target/fuzz-build "$$target" "target/fuzz/$$target" "fuzz/corpus/$$target" -- \
	    -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 || failed="$$failed $$target"; \
	done; [ -z "$$failed" ] || { echo "fuzz: failed:$$failed"; exit 1; }

# The smallest set of inputs that reaches what the corpus and the last `make fuzz` reach.
corpus: .setup-rust $(CARGO_FUZZ)
	@for target in $(FUZZ_TARGETS); do \
	  old="target/fuzz-old/$$target"; rm -rf "$$old"; mkdir -p "$$old" "target/fuzz/$$target" "fuzz/corpus/$$target"; \
	  find "fuzz/corpus/$$target" -type f -exec mv -t "$$old" {} +; \
	  RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none --target-dir target/fuzz-build "$$target" "fuzz/corpus/$$target" "$$old" "target/fuzz/$$target" -- \
	    -set_cover_merge=1 -use_counters=0 -max_len=1500 -verbosity=0 >/dev/null 2>&1; \
	  echo "corpus: $$target, $$(find "fuzz/corpus/$$target" -type f | wc -l) inputs"; \
	done

help:
	@sed -n 's/^#   //p' Makefile

screens:
	@mkdir -p docs/screens
	@node scripts/screens.mjs

# The advisory database is a git repository elsewhere, so this one needs more of the network than `make test` does.
advisories: $(CARGO_DENY)
	@cargo-deny --locked check advisories

clean:
	@rm -rf dist dist-tools target e2e/test-results

setup: .setup-system .setup-rust $(NODE_PACKAGES) $(WASM_BINDGEN) $(TRUNK)

.PHONY: .setup-system .setup-rust
.setup-system:
	@scripts/setup-system.sh
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); if (a < 20 || (a === 20 && b < 19)) { console.error("setup: Node 20.19 or newer is needed, this is " + process.version); process.exit(1); }'

# rust-toolchain.toml names the toolchain, its wasm target and its components; rustup fetches them at the first call.
# Trunk runs cargo without the network, so the crates are fetched here.
.setup-rust: .setup-system
	@cargo --version >/dev/null
	@cargo fetch --locked --quiet

$(NODE_PACKAGES): e2e/package.json e2e/package-lock.json | .setup-system
	@echo "setup: npm packages"
	@cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(ORACLE_PACKAGES): e2e/oracle/package.json e2e/oracle/package-lock.json | .setup-system
	@echo "setup: npm packages of the oracle"
	@cd e2e/oracle && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Only its built bundle is used: nothing of it runs here.
$(BENCH_PACKAGES): e2e/bench/package.json e2e/bench/package-lock.json | .setup-system
	@echo "setup: npm packages of the peer"
	@cd e2e/bench && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The build folder of a tool is removed with it: only the binary is kept.
$(WASM_BINDGEN): | .setup-rust
	@echo "setup: building wasm-bindgen $(WASM_BINDGEN_VERSION) (once, about 2 minutes)"
	@CARGO_TARGET_DIR="$(TOOLS)/build" cargo install --quiet wasm-bindgen-cli --version $(WASM_BINDGEN_VERSION) --root "$(TOOLS)/wasm-bindgen-$(WASM_BINDGEN_VERSION)"

$(TRUNK): | $(WASM_BINDGEN)
	@echo "setup: building trunk $(TRUNK_VERSION) (once, about 4 minutes)"
	@CARGO_TARGET_DIR="$(TOOLS)/build" cargo install --quiet --locked trunk --version $(TRUNK_VERSION) --root "$(TOOLS)/trunk-$(TRUNK_VERSION)"

$(CARGO_DENY): | $(TRUNK)
	@echo "setup: building cargo-deny $(CARGO_DENY_VERSION) (once, about 3 minutes)"
	@CARGO_TARGET_DIR="$(TOOLS)/build" cargo install --quiet --locked cargo-deny --version $(CARGO_DENY_VERSION) --root "$(TOOLS)/cargo-deny-$(CARGO_DENY_VERSION)"
	@rm -rf "$(TOOLS)/build"

$(CARGO_FUZZ): | .setup-rust
	@echo "setup: building cargo-fuzz $(CARGO_FUZZ_VERSION) (once, about 1 minute)"
	@CARGO_TARGET_DIR="$(TOOLS)/build-fuzz" cargo install --quiet --locked cargo-fuzz --version $(CARGO_FUZZ_VERSION) --root "$(TOOLS)/cargo-fuzz-$(CARGO_FUZZ_VERSION)"
	@rm -rf "$(TOOLS)/build-fuzz"
