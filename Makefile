# SaleXops. `make help` lists what there is; the two commands to begin with are
# `make demo` and `make test`. Everything is built below build/ (ignored by git).

SHELL       := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS   += --no-builtin-rules --warn-undefined-variables
.DEFAULT_GOAL := help

BIN      := $(CURDIR)/build/bin
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
IMAGES   := manager frontdoor crm
PROGRAMS := $(IMAGES) kubectl-salexops
GO_TEST_FLAGS ?=
# One set of build flags for programs and tests alike, so that each package is
# compiled once.
export CGO_ENABLED := 0
export GOFLAGS     := -trimpath

##@ The two commands

.PHONY: demo
demo: ## From nothing to two CRMs in a browser: cluster, operator, acme (paid) and globex (free)
	hack/demo.sh up

.PHONY: test
test: ## Everything: generated files, lint, unit, integration and end-to-end tests
	hack/test.sh

##@ The demo, afterwards

.PHONY: demo-down
demo-down: ## Remove everything that `make demo` started or stored
	hack/demo.sh down

.PHONY: demo-status
demo-status: ## How the cluster and its tenants stand
	hack/demo.sh status

##@ Tests, one kind at a time

.PHONY: check-generated
check-generated: ## Generate everything again and fail when a committed file differs
	hack/check-generated.sh

.PHONY: lint
lint: $(BIN)/golangci-lint ## Lint every module
	$(BIN)/golangci-lint run ./...
	cd hack/localcluster && $(BIN)/golangci-lint run --config $(CURDIR)/.golangci.yml ./...
	cd test/bench/peer && $(BIN)/golangci-lint run --config $(CURDIR)/.golangci.yml ./...

# What has to do with dates gives the same answers on a machine in any zone. Go's
# cache of results doesn't know TZ, so they run each time.
ZONES := UTC America/Hermosillo Pacific/Kiritimati
DATED := ./contract/... ./facts/... ./mail/... ./internal/plugin/... ./controllers/standing/...

.PHONY: test-unit
test-unit: ## Tests that need nothing but Go
	hack/packages.sh --quiet
	go test $(GO_TEST_FLAGS) $$(go list ./... | grep -v /test/)
	for zone in $(ZONES); do TZ=$$zone go test $(GO_TEST_FLAGS) -count=1 $(DATED) || exit 1; done
	go test $(GO_TEST_FLAGS) ./test/arrows/... ./test/api/...
	cd hack/localcluster && go test $(GO_TEST_FLAGS) ./...

.PHONY: test-integration
test-integration: assets ## Tests against a real API server and etcd
	KUBEBUILDER_ASSETS="$$(hack/localcluster.sh assets)" go test $(GO_TEST_FLAGS) -timeout 20m ./test/admission/... ./test/kill/... ./test/lapse/... ./test/notices/... ./test/operator/... ./test/plugin/... ./test/scale/...

.PHONY: test-cluster
test-cluster: ## Tests of the local cluster itself: volumes, network policies, kill -9, nothing left behind
	cd hack/localcluster && LOCALCLUSTER_SOURCE=$$PWD go test $(GO_TEST_FLAGS) -tags cluster -count=1 -timeout 30m ./test ./internal/host

.PHONY: test-crm
test-crm: ## Tests of the CRM in a real browser, without a cluster
	hack/packages.sh chromium
	go test $(GO_TEST_FLAGS) -timeout 20m ./test/crm/...

.PHONY: test-e2e
test-e2e: ## Tests on a real cluster with a real browser
	hack/e2e.sh

.PHONY: bench
bench: ## Measure; prints a table and writes build/bench.json
	hack/bench.sh

.PHONY: screens
screens: ## Screenshots of every page of the CRM, into build/screens
	hack/packages.sh chromium
	go run -tags screens ./crm/web/screens

##@ Building

.PHONY: build
build: $(PROGRAMS:%=$(BIN)/%) $(BIN)/kubectl_complete-salexops ## Build the programs into build/bin

.PHONY: assets
assets: ## Build the API server and etcd that integration tests run (first time: about a quarter of an hour)
	hack/localcluster.sh assets >/dev/null

.PHONY: images
images: ## Build the three container images with docker, for a cluster of your own
	for name in $(IMAGES); do docker build --target $$name --build-arg VERSION=$(VERSION) -t salexops/$$name:$(VERSION) .; done

.PHONY: $(PROGRAMS:%=$(BIN)/%)
$(PROGRAMS:%=$(BIN)/%): $(BIN)/%:
	go build -ldflags '$(LDFLAGS)' -o $@ ./cmd/$*

$(BIN)/kubectl_complete-salexops: cmd/kubectl-salexops/kubectl_complete-salexops
	install -D -m 755 $< $@

##@ Generated files

.PHONY: generate
generate: generate-api generate-pages generate-openapi docs ## Everything that is generated

.PHONY: generate-api
generate-api: $(BIN)/controller-gen ## Deep copies, apply configurations, CRDs and RBAC from the types' markers
	hack/generate-api.sh

.PHONY: generate-pages
generate-pages: $(BIN)/templ ## The CRM's pages from their templates
	cd crm/web && $(BIN)/templ generate -log-level warn

# The generator is no tool of hack/tools: it would pull its YAML libraries into
# those of the others.
OAPI_CODEGEN := github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
.PHONY: generate-openapi
generate-openapi: ## The CRM's OpenAPI document, and the client that tests use
	go run ./crm/api/openapi >docs/reference/openapi.json
	go run ./crm/api/openapi -3.0 >docs/reference/openapi-3.0.json
	go run $(OAPI_CODEGEN) -config test/api/client/config.yaml -o test/api/client/client.gen.go docs/reference/openapi-3.0.json

.PHONY: manifests
manifests: generate-api ## The same as generate-api, under its Kubebuilder name

.PHONY: docs
docs: $(BIN)/crd-ref-docs ## The API reference from the types' comments
	hack/generate-docs.sh

# The tools are pinned in a module of their own, hack/tools/go.mod.
TOOL_PACKAGE_controller-gen := sigs.k8s.io/controller-tools/cmd/controller-gen
TOOL_PACKAGE_kustomize      := sigs.k8s.io/kustomize/kustomize/v5
TOOL_PACKAGE_golangci-lint  := github.com/golangci/golangci-lint/v2/cmd/golangci-lint
TOOL_PACKAGE_templ          := github.com/a-h/templ/cmd/templ
TOOL_PACKAGE_crd-ref-docs   := github.com/elastic/crd-ref-docs
TOOLS := controller-gen kustomize golangci-lint templ crd-ref-docs

$(TOOLS:%=$(BIN)/%): $(BIN)/%: hack/tools/go.mod hack/tools/go.sum
	@echo "building $* (first time: up to a few minutes)"
	cd hack/tools && go build -o $@ $(TOOL_PACKAGE_$*)
	@touch $@

##@ Other

.PHONY: clean
clean: ## Remove what was built here (not the cluster: see demo-down)
	rm -rf build

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*##"} \
	  /^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} \
	  /^[a-zA-Z0-9_-]+:.*##/ {printf "  \033[36m%-18s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\nWith a cluster of your own: KUBECONFIG=… make demo CLUSTER=existing REGISTRY=…  (see docs/operating.md)\n'
