# `make run` installs what is missing on a fresh machine (Debian, Rust from rustup, Node 20), builds and serves. Type
# `make help` for the list of commands; .ci/ contains the longer scripts.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

CARGO := .ci/cargo

# `make test PART=http NAME=users` runs the tests of one part whose names contain “users”. The environment cannot set
# PART and NAME, because WSL sets a NAME of its own; the shell gets both exactly as typed.
PART :=
NAME :=
override PART := $(value PART)
override NAME := $(value NAME)
export PART NAME

# Development and test builds share one profile. The WebAssembly is built for size, so that pages load quickly.
OF_THE_BROWSER := --package registration-app --package registration-desk-scripts --lib --target wasm32-unknown-unknown \
	--no-default-features --features registration-app/hydrate
SMALL := --config 'profile.dev.opt-level="s"'
WASM := target/wasm32-unknown-unknown/debug/app.wasm
DESK_WASM := target/wasm32-unknown-unknown/debug/desk_scripts.wasm
BUNDLE := target/debug/registration-bundle
SITE := target/site/manifest.json

# The shipped build, which `make bench` measures.
DIST_WASM := target/wasm32-unknown-unknown/wasm/app.wasm
DIST_DESK_WASM := target/wasm32-unknown-unknown/wasm/desk_scripts.wasm
DIST_BUNDLE := target/release/registration-bundle
DIST_SITE := target/dist/site/manifest.json

# npm writes this file after it has installed a folder's packages.
packages = $(addsuffix /node_modules/.package-lock.json,$(1))
SITE_PACKAGES := $(call packages,style app/bundle)
# The list includes folders, so that a removed file counts as a change.
SITE_SOURCES := $(shell find style public app/bundle/start.js app/bundle/desk-start.js -name node_modules -prune -o -print)

.PHONY: help setup build dist run dev test check format bench fuzz drill deny bom always

help:
	@echo 'make run      install what is missing, build, serve on http://127.0.0.1:3000'
	@echo 'make dev      the same, rebuilt and restarted on every change'
	@echo 'make build    target/debug/registration and target/site: what make run serves'
	@echo 'make dist     target/dist: the program and the site as they are shipped'
	@echo 'make test     every check and every test, the browser included'
	@echo '              PART=http, PART=browser/users, ...: one part of it; PART=list names them'
	@echo 'make check    formatting and lints'
	@echo 'make format   format the Rust code'
	@echo 'make bench    how fast what is shipped is'
	@echo 'make fuzz     made-up spreadsheets for the reader and the writer (RUNS=, TARGETS=)'
	@echo 'make drill    the long form of PART=drills and PART=servers: 1,000 kills (KILLS=), outages of 30 s (OUTAGE=)'
	@echo '              wrong passwords of accounts that exist and do not, timed in 1,000 pairs (PAIRS=)'
	@echo 'make deny     licences, sources and known faults of the crates (cargo-deny)'
	@echo 'make bom      target/bom: what the program is made of, as CycloneDX'
	@echo 'make setup    install what all of these need'

## Setting up

setup: setup-test setup-dev $(call packages,style app/bundle end2end)

setup-%: always
	@.ci/setup $*

%/node_modules/.package-lock.json: %/package-lock.json %/package.json
	@echo 'Installing the packages of $*'
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { \
		echo 'The packages of $* cannot be installed from npm: see that its registry can be reached, then run this again.' >&2; exit 1; }
	@touch $@

## Building

build: setup-build binaries $(SITE)

# One command builds the server and the bundler, so that they share compiled crates.
.PHONY: binaries
binaries: always
	@$(CARGO) build --package registration-server --package registration-bundle

# Cargo decides whether to build; if nothing has changed, the modification time of the file stays.
$(WASM) $(DESK_WASM) &: always
	@$(CARGO) build $(SMALL) $(OF_THE_BROWSER)

$(BUNDLE): binaries
	@true

$(SITE): $(WASM) $(DESK_WASM) $(BUNDLE) $(SITE_PACKAGES) $(SITE_SOURCES)
	@$(BUNDLE) --dev --wasm $(WASM) --desk-wasm $(DESK_WASM) --out target/site

run: build
	@exec target/debug/registration serve

dev: setup-dev $(SITE_PACKAGES)
	@.ci/dev

format:
	@$(CARGO) fmt --all

## Shipping

dist: setup-build dist-binaries $(DIST_SITE)
	@install -D target/release/registration target/dist/registration

.PHONY: dist-binaries
dist-binaries: always
	@$(CARGO) build --release --package registration-server --package registration-bundle

# The paths in panic messages begin at the crate, so the file is smaller and the same on every machine.
$(DIST_WASM) $(DIST_DESK_WASM) &: always
	@$(CARGO) build --profile wasm --config "target.wasm32-unknown-unknown.rustflags=[$$(printf '"--remap-path-prefix=%s/=",' \
		$${CARGO_HOME:-~/.cargo}/registry/src/*)]" $(OF_THE_BROWSER)

$(DIST_BUNDLE): dist-binaries
	@true

$(DIST_SITE): $(DIST_WASM) $(DIST_DESK_WASM) $(DIST_BUNDLE) $(SITE_PACKAGES) $(SITE_SOURCES)
	@$(DIST_BUNDLE) --wasm $(DIST_WASM) --desk-wasm $(DIST_DESK_WASM) --out target/dist/site

## Checking and testing

test:
	@.ci/test "$$PART" "$$NAME"

check:
	@.ci/test lints

.PHONY: lint-pages
lint-pages:
	@$(CARGO) clippy $(SMALL) $(OF_THE_BROWSER) -- --deny warnings

# The number of inputs for each target, and the targets (all if none is named).
RUNS ?= 200000
TARGETS ?=

# The number of kills on each database; the length of each outage, such as a full disk, in seconds; the number of
# seconds for which another process holds the lock of the SQLite file.
KILLS ?= 1000
OUTAGE ?= 30
LOCK ?= 8
# The number of seconds for which sixty-four connections are served, on each database.
SOAK ?= 3600
# The number of pairs of sign-ins that are timed: a wrong password for an account that exists, and one for an unknown
# account.
PAIRS ?= 1000

# The number of times that one of three servers is killed, that PostgreSQL fails over, and that a database is backed up.
SERVER_KILLS ?= 100
FAILOVERS ?= 20
BACKUPS ?= 10

# The tests of `make test PART=drills` and `PART=servers` on the optimised program, with more kills and longer outages;
# then sixty-four connections on each database, both at once; `.ci/patroni`; and the timing of wrong passwords.
drill: setup-test setup-drill build
	@DRILL_KILLS=$(KILLS) DRILL_OUTAGE=$(OUTAGE) DRILL_LOCK=$(LOCK) \
		DRILL_SERVER_KILLS=$(SERVER_KILLS) DRILL_FAILOVERS=$(FAILOVERS) DRILL_BACKUPS=$(BACKUPS) \
		.ci/with-postgres $(CARGO) test --release --package registration-server --test killed -- \
		--nocapture --test-threads=1 --skip sixty_four_connections
	@DRILL_SOAK=$(SOAK) .ci/with-postgres $(CARGO) test --release --package registration-server --test killed -- \
		--nocapture --test-threads=2 sixty_four_connections
	@.ci/patroni target/debug/registration target/site
	@DRILL_PAIRS=$(PAIRS) $(CARGO) test --package registration-server --test http -- \
		a_wrong_password_costs_the_same_work --nocapture

fuzz: setup-fuzz
	@.ci/fuzz $(RUNS) $(TARGETS)

## Supply chain

deny: setup-deny
	@cargo deny --locked --workspace check

# The crates of the program, without those of tests, as JSON.
bom: setup-bom
	@mkdir -p target/bom
	@$(CARGO) metadata --format-version 1 >/dev/null
	@cargo cyclonedx --manifest-path server/Cargo.toml --format json --spec-version 1.5 --target x86_64-unknown-linux-gnu
	@mv server/registration-server.cdx.json target/bom/registration.cdx.json
	@find . -name '*.cdx.json' -not -path './target/*' -delete
	@echo 'target/bom/registration.cdx.json'

# The script that generates the lists of users for the `read` bench.
MANY_USERS ?= ../shared/data/many_users.py

# The numbers of registrations for the `desk` bench; the largest takes a while to create.
DESK_REGISTRATIONS ?= 1000,100000,1000000

# Every bench runs even if an earlier one misses a target; the missed targets are listed at the end.
bench: setup-test $(call packages,end2end) build dist
	@$(MAKE) --no-print-directory benches | .ci/targets

.PHONY: benches
benches:
	@$(DIST_BUNDLE) --wasm $(DIST_WASM) --out target/dist/site --sizes
	@.ci/second-run
	@$(CARGO) bench --quiet --package registration --bench rules
	@MANY_USERS=$(abspath $(MANY_USERS)) $(CARGO) bench --quiet --package registration-spreadsheet --bench read
	@$(CARGO) bench --quiet --package registration-server --bench pages
	@.ci/with-postgres $(CARGO) bench --quiet --package registration-server --bench outbox
	@DESK_REGISTRATIONS=$(DESK_REGISTRATIONS) .ci/with-postgres $(CARGO) bench --quiet --package registration-server --bench desk
	@end2end/bench/run
