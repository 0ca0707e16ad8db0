# Every way to work with the portal. `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# One build folder for all checkouts, so that a second run is quick.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/portal/target
export PORTAL_SITE ?= $(CARGO_TARGET_DIR)/site

.PHONY: help run watch test lint bench clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## Build and start the portal with demonstration data on http://127.0.0.1:3000
	@scripts/build run
	@exec "$(CARGO_TARGET_DIR)/release/portal" demo

watch: ## Rebuild and restart when a file changes (development build)
	@scripts/watch

test: ## Run every test: both databases, browser, outside judges
	@scripts/test

lint: ## Format, clippy, eslint, licences, unused sentences
	@scripts/lint

bench: ## Measure speed beside bare baselines and print the table with goals
	@scripts/bench

clean: ## Remove the embedded database, files and kept mail (asks first)
	@read -r -p "Remove var/ with all demonstration data? [y/N] " answer && [ "$$answer" = y ] && rm -rf var
