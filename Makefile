# Two commands matter: `make run` and `make test`. What they do stands in tests/vertrag/*.sh, not here.
SHELL := /bin/bash
VERTRAG := tests/vertrag
.DEFAULT_GOAL := help
.PHONY: help run run-pg build test test-rust test-format test-clippy test-vertrag test-dokument test-tour test-lint \
        test-schemathesis test-schemathesis-pg test-clients test-swagger openapi tour werkzeuge fmt clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build, load demo data once, serve for trial (DATABASE_URL, AQB_BIND; default sqlite://data/aqb.db, 127.0.0.1:8080)
	@$(VERTRAG)/start.sh

run-pg: ## the same on a private PostgreSQL that is gone afterwards
	@$(VERTRAG)/start.sh --postgres

build: ## cargo build of the workspace
	@$(VERTRAG)/einrichten.sh bau
	cargo build --workspace --locked

test: ## everything a change must pass, with a summary (VERBOSE=1 shows all output)
	@$(VERTRAG)/alles.sh

test-rust: ## unit and integration tests on SQLite and PostgreSQL
	@$(VERTRAG)/alles.sh rust

test-format: ## rustfmt
	@$(VERTRAG)/alles.sh format

test-clippy: ## clippy, no warning allowed
	@$(VERTRAG)/alles.sh clippy

test-vertrag: ## all checks of the contract: the five below
	@$(VERTRAG)/alles.sh dokument lint formate schemathesis clients swagger

test-dokument: ## the committed document is what the code says, and breaks no released one
	@$(VERTRAG)/alles.sh dokument

test-tour: ## the tour and every command of the README
	@$(VERTRAG)/alles.sh tour

test-lint: ## structure, our rules, Redocly
	@$(VERTRAG)/alles.sh lint

test-schemathesis: ## fuzz a throw-away server along the document
	@$(VERTRAG)/alles.sh schemathesis

test-schemathesis-pg: ## the same on PostgreSQL (not part of `make test`)
	@$(VERTRAG)/alles.sh schemathesis_postgres

test-clients: ## generate, compile and run the clients
	@$(VERTRAG)/alles.sh clients

test-swagger: ## use the documentation page in a headless browser
	@$(VERTRAG)/alles.sh swagger

openapi: build ## write the committed documents below openapi/ from the code
	@$(VERTRAG)/dokument.sh erzeugen

tour: build ## drive a whole AQB year through the API of a throw-away server
	@SERVER_UHR=2029-02-01T08:00:00Z $(VERTRAG)/mit-server.sh python3 tests/tour/tour.py --ab 2030-02-01T08:00:00Z python3 tests/tour/nachweis.py

werkzeuge: ## install the tools of the contract checks under .werkzeug/
	@$(VERTRAG)/einrichten.sh

fmt: ## format all Rust code
	cargo fmt --all

clean: ## remove build results and tools; data/ stays
	cargo clean
	rm -rf .werkzeug
