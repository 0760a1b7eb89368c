# Run `make` for the list of targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SHARED ?= ../shared
BIN    := $(CURDIR)/.tmp/bin

# Tools, pinned here and not in go.mod, so that they force no version on the product.
GOLANGCI  := golangci-v2.15.0
GOFUMPT   := gofumpt-v0.12.0
BUF       := buf-v1.73.0
BENCHSTAT := benchstat-v0.0.0-20260908200009-22c9c6c9d4da
GRPCURL   := grpcurl-v1.9.4

FUZZTIME ?= 30s

# Flags for the test in a browser, such as -v, or -screens /tmp/screens to keep pictures of the page.
BROWSERFLAGS ?=

# The Python that makes the client stubs, with the modules of examples/python/requirements.txt, and where they go.
PYTHON ?= $(if $(wildcard .tmp/venv/bin/python),.tmp/venv/bin/python,python3)
STUBS  ?= examples/python

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build bin/tajuk, static
	CGO_ENABLED=0 go build -trimpath -o bin/tajuk ./cmd/tajuk

.PHONY: test
test: ## Run all tests
	go test ./...

.PHONY: grpcurl
grpcurl: $(BIN)/$(GRPCURL) ## Install grpcurl as .tmp/bin/grpcurl, for the test of the documents' calls
	ln -sf $(GRPCURL) $(BIN)/grpcurl

.PHONY: venv
venv: ## Make .tmp/venv, a Python with the modules of the Python client
	python3 -m venv .tmp/venv
	.tmp/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement examples/python/requirements.txt

.PHONY: pythonstubs
pythonstubs: ## Generate the Python code of the .proto files into examples/python/tajuk
	$(PYTHON) -m grpc_tools.protoc --proto_path=api --python_out=$(STUBS) --grpc_python_out=$(STUBS) $$(cd api && ls tajuk/v1/*.proto)

.PHONY: browser
browser: ## Test the page in Chromium (apt-get install chromium)
	cd internal/page/browser && go mod tidy -diff && go vet . && go test -count=1 $(BROWSERFLAGS) .

.PHONY: race
race: ## Run all tests with the race detector, in random order
	go test -race -shuffle=on ./...

.PHONY: kill
kill: ## Kill a server 50 times while corrections come in, and archive runs as often
	go test ./cmd/tajuk -run 'TestFeedbackSurvivesKill|TestArchiveSurvivesKill' -kills 50 -count 1 -v

.PHONY: check
check: checkfmt vet lint checkgenerate checkmodel test ## All that must pass before a commit

.PHONY: fmt
fmt: $(BIN)/$(GOFUMPT) ## Format the code
	$(BIN)/$(GOFUMPT) -w $$(git ls-files '*.go' ':!api')
	go mod tidy

.PHONY: checkfmt
checkfmt: $(BIN)/$(GOFUMPT)
	@out=$$($(BIN)/$(GOFUMPT) -l $$(git ls-files '*.go' ':!api')); if [ -n "$$out" ]; then echo "not formatted, run make fmt:"; echo "$$out"; exit 1; fi
	go mod tidy -diff

.PHONY: vet
vet: ## Run go vet
	go vet ./...

.PHONY: lint
lint: $(BIN)/$(GOLANGCI) $(BIN)/$(BUF) ## Run the linters, the layer order among them
	$(BIN)/$(GOLANGCI) run
	cd internal/page/browser && $(BIN)/$(GOLANGCI) run -c $(CURDIR)/.golangci.yml
	$(BIN)/$(BUF) lint
	$(BIN)/$(BUF) format --diff --exit-code

.PHONY: generate
generate: $(BIN)/$(BUF) ## Generate the Go code of the .proto files
	$(BIN)/$(BUF) generate

.PHONY: checkgenerate
checkgenerate: generate ## Fail if generating changes a file
	git diff --exit-code -- api

.PHONY: bags
bags: ## Make training-data/bags.jsonl.zst from labelled articles (DATA=file)
	go run ./internal/builtin/generate bags $(or $(DATA),$(SHARED)/data/topics/train.jsonl.gz) training-data/bags.jsonl.zst

.PHONY: languages
languages: ## Make text/language/words.tsv from parallel sentences and news (DATA=folder)
	go run ./internal/builtin/generate languages $(or $(DATA),$(SHARED)/data) text/language/words.tsv

.PHONY: vectors
vectors: ## Make text/embedding/indonesian.bin from training-data/
	go run ./internal/builtin/generate vectors training-data/bags.jsonl.zst text/embedding/indonesian.bin

.PHONY: model
model: ## Train the built-in model from training-data/
	go run ./internal/builtin/generate model training-data internal/builtin/builtin.tajuk

.PHONY: checkmodel
checkmodel: ## Fail if the committed model is not what training-data/ gives
	@mkdir -p .tmp
	go run ./internal/builtin/generate model training-data .tmp/builtin.tajuk
	cmp .tmp/builtin.tajuk internal/builtin/builtin.tajuk

.PHONY: golden
golden: ## Rewrite the golden files of the tests
	go test $$(grep -rl 'flag.Bool("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u) -update

.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME (30s)
	@grep -rlE '^func Fuzz' --include='*_test.go' . | while read -r file; do \
	  for target in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/p' "$$file"); do \
	    echo "== $$target in $$(dirname $$file)"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$(dirname $$file)"; \
	  done; done

.PHONY: fuzzserve
fuzzserve: ## Fuzz the service for 10 minutes a side (FUZZTIME=10m), then hold 1,000 connections open and be slow
	@for target in FuzzHTTP FuzzGRPC; do \
	  go test ./internal/server -run '^$$' -fuzz "^$$target$$" -fuzztime $(if $(filter 30s,$(FUZZTIME)),10m,$(FUZZTIME)) -fuzzminimizetime 10x -parallel 1; \
	done
	go test ./internal/server -run TestHostileConnections -count 1 -v -hostile 1000

.PHONY: swaps
swaps: ## Swap large models 200 times under load, and look at the memory
	go test ./internal/server -run TestSwapsOfLargeModels -v -swaps 200

.PHONY: bench
bench: ## Run the Go benchmarks, then the comparisons of bench/
	go test -run '^$$' -bench . -benchmem ./...
	SHARED=$(SHARED) bench/run

.PHONY: benchserve
benchserve: ## Measure the service against an echo of its own messages
	go run ./bench/serve

.PHONY: overload
overload: ## Send the service ten times what it can do for a minute
	go run ./bench/serve -overload 60s

.PHONY: benchcmp
benchcmp: $(BIN)/$(BENCHSTAT) ## Compare the Go benchmarks with a git revision (REF=main)
	bench/compare $(or $(REF),main) $(BIN)/$(BENCHSTAT)

.PHONY: clean
clean: ## Remove what was built
	rm -rf bin .tmp

$(BIN)/$(GOLANGCI):
	@$(call install,github.com/golangci/golangci-lint/v2/cmd/golangci-lint,$@)
$(BIN)/$(GOFUMPT):
	@$(call install,mvdan.cc/gofumpt,$@)
$(BIN)/$(BUF):
	@$(call install,github.com/bufbuild/buf/cmd/buf,$@)
$(BIN)/$(BENCHSTAT):
	@$(call install,golang.org/x/perf/cmd/benchstat,$@)
$(BIN)/$(GRPCURL):
	@$(call install,github.com/fullstorydev/grpcurl/cmd/grpcurl,$@)

# install PACKAGE FILE: builds a tool and names the file after its version.
define install
mkdir -p $(BIN); file=$(notdir $(2)); echo "installing $$file"; \
GOBIN=$(BIN) go install $(1)@$${file#*-} && mv $(BIN)/$$(basename $(1)) $(2)
endef
