# `make run` on a fresh machine (Debian, Rust from rustup, Node 20) installs what is missing, builds
# and serves. Each command is listed by `make help`; .ci/ holds what is longer than a line.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

CARGO := .ci/cargo
WASM_FLAGS := --package registration-app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate
WASM := target/wasm32-unknown-unknown/wasm/app.wasm
DEV_WASM := target/wasm32-unknown-unknown/debug/app.wasm
BUNDLE := target/release/registration-bundle
SITE := target/site/manifest.json
DEV_SITE := target/dev-site/manifest.json

# npm leaves this file when it has installed a folder's packages.
packages = $(addsuffix /node_modules/.package-lock.json,$(1))
SITE_PACKAGES := $(call packages,style app/bundle)
# Folders too, so that a file that was removed counts as a change.
SITE_SOURCES := $(shell find style public app/bundle/start.js app/bundle/desk.js -name node_modules -prune -o -print)

.PHONY: help setup build site run dev dev-build test check format bench fuzz cargo-tests browser-tests always

help:
	@echo 'make run      install what is missing, build, serve on http://127.0.0.1:3000'
	@echo 'make dev      the same, rebuilt and restarted on every change'
	@echo 'make build    target/release/registration and target/site'
	@echo 'make test     every check and every test, the browser included'
	@echo 'make check    formatting and lints'
	@echo 'make format   format the Rust code'
	@echo 'make bench    how fast the rules and the service are'
	@echo 'make fuzz     made-up spreadsheets for the reader and the writer (RUNS=, TARGETS=)'
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

build: setup-build binaries site

# One command for both, so that they share what they compile.
.PHONY: binaries
binaries: always
	@$(CARGO) build --release --package registration-server --package registration-bundle

site: setup-build $(SITE)

# Cargo knows best whether it has changed; where it has not, neither does the file's time.
$(WASM): always
	@$(CARGO) build --profile wasm $(WASM_FLAGS)

$(BUNDLE): binaries
	@true

$(SITE): $(WASM) $(BUNDLE) $(SITE_PACKAGES) $(SITE_SOURCES)
	@$(BUNDLE) --wasm $(WASM) --out target/site

run: build
	@exec target/release/registration serve

## Developing

dev: setup-dev $(SITE_PACKAGES)
	@.ci/dev

dev-build: $(SITE_PACKAGES) $(BUNDLE) $(DEV_SITE)
	@$(CARGO) build --package registration-server

$(DEV_WASM): always
	@$(CARGO) build $(WASM_FLAGS)

$(DEV_SITE): $(DEV_WASM) $(BUNDLE) $(SITE_PACKAGES) $(SITE_SOURCES)
	@$(BUNDLE) --dev --wasm $(DEV_WASM) --out target/dev-site

format:
	@$(CARGO) fmt --all

## Checking and testing

# No commas in it: make would take what follows for another argument.
heading = @printf '\n== %s ==\n' $(1)

# Each step is a call of its own, so that none begins after one that failed.
test:
	@started=$$(date +%s); \
	$(MAKE) --no-print-directory setup-test $(call packages,style app/bundle end2end); \
	$(MAKE) --no-print-directory check; \
	$(MAKE) --no-print-directory cargo-tests; \
	$(MAKE) --no-print-directory build; \
	$(MAKE) --no-print-directory browser-tests; \
	took=$$(($$(date +%s) - started)); \
	printf '\nEverything passed in %d min %02d s\n' $$((took / 60)) $$((took % 60))

check: setup-test
	$(call heading,'Formatting')
	@$(CARGO) fmt --all --check
	$(call heading,'Lints of everything that runs outside the browser')
	@$(CARGO) clippy --workspace --all-targets --features registration-app/ssr -- --deny warnings
	$(call heading,'Lints of the pages in the browser')
	@$(CARGO) clippy $(WASM_FLAGS) -- --deny warnings

cargo-tests:
	$(call heading,'Tests of everything that runs outside the browser')
	@.ci/with-postgres $(CARGO) test --workspace --features registration-app/ssr --no-fail-fast

browser-tests: $(call packages,end2end)
	$(call heading,'Tests in the browser')
	@cd end2end && node_modules/.bin/tsc --noEmit && node_modules/.bin/playwright test

# Inputs for each target, and which targets: all of them where none is named.
RUNS ?= 200000
TARGETS ?=

fuzz: setup-fuzz
	@.ci/fuzz $(RUNS) $(TARGETS)

# The script that makes the lists of users which are read.
MANY_USERS ?= ../shared/data/many_users.py

# How many registrations the desk is measured with; the largest takes its time to be made.
DESK_REGISTRATIONS ?= 1000,100000,1000000

# Every bench runs, whatever the one before has missed; what was missed is named at the end.
bench: setup-test $(call packages,end2end) build
	@$(MAKE) --no-print-directory benches | .ci/targets

.PHONY: benches
benches:
	@$(BUNDLE) --wasm $(WASM) --out target/site --sizes
	@.ci/second-run
	@$(CARGO) bench --quiet --package registration --bench rules
	@MANY_USERS=$(abspath $(MANY_USERS)) $(CARGO) bench --quiet --package registration-spreadsheet --bench read
	@$(CARGO) bench --quiet --package registration-server --bench pages
	@.ci/with-postgres $(CARGO) bench --quiet --package registration-server --bench outbox
	@DESK_REGISTRATIONS=$(DESK_REGISTRATIONS) .ci/with-postgres $(CARGO) bench --quiet --package registration-server --bench desk
	@end2end/bench/run
