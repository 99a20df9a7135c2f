# `make help` lists what there is. A clean Debian 12 (or Ubuntu) with Swift 6.3 is enough: `setup`
# installs what else is needed, and every other target asks for it first.
.PHONY: help setup build demo install uninstall deb test clean-machine conformance bench fuzz format lint docs
.DEFAULT_GOAL := help

PACKAGES := libicu-dev libsimdjson-dev libzstd-dev zlib1g-dev libsnappy-dev liblz4-dev libbrotli-dev pkg-config
# What Swift itself needs of Debian 12, beside git, to start and to link.
SWIFT_PACKAGES := binutils libc6-dev libstdc++-12-dev libcurl4 libncurses6 libsqlite3-0 libxml2
SWIFT_SOURCES := Sources Tests Package.swift Examples Benchmarks/Package.swift Benchmarks/Sources

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the C libraries that Jukta stands on (apt), where they are missing
	@command -v swift >/dev/null || { \
	  echo "swift is not on the PATH: install Swift 6.3 or later, https://www.swift.org/install/linux/" >&2; \
	  exit 1; }
	@{ swift --version && command -v ld.gold && test -e /usr/include/stdio.h; } >/dev/null 2>&1 || \
	  Scripts/install-packages.sh $(SWIFT_PACKAGES)
	@dpkg -s $(PACKAGES) >/dev/null 2>&1 || Scripts/install-packages.sh $(PACKAGES)

build: setup ## Build everything for release
	swift build -c release

demo: setup ## Train a small tokenizer from the sample corpus, and use it
	swift build -c release --product jukta
	@Scripts/demo.sh

test: setup ## Build and run all tests
	Tests/Client/check.sh
	swift test

install: ## After make build: install program, manual pages, completions (PREFIX=/usr/local, DESTDIR=)
	Scripts/install.sh install

uninstall: ## Take away what install put there
	Scripts/install.sh uninstall

deb: setup ## Make a Debian package of the program
	Scripts/make-deb.sh

clean-machine: ## Run make demo and make test in a clean Debian tree (debootstrap, chroot; root)
	Scripts/clean-machine.sh

conformance: setup .venv/done ## Compare with Hugging Face and transformers over real text
	@command -v chromium >/dev/null || Scripts/install-packages.sh chromium || true
	Tests/Conformance/run.sh

bench: setup .venv/done .venv/peers ## Measure beside the peers, in one run
	Benchmarks/run.sh

# BLTK and BNLP ask for much that their sentence tokenizers do not use.
.venv/peers: Benchmarks/requirements.txt Benchmarks/Peers/segmenters.requirements.txt .venv/done
	.venv/bin/pip install -q -r Benchmarks/requirements.txt
	grep -E '^(bltk|bnlp)' Benchmarks/Peers/segmenters.requirements.txt | xargs .venv/bin/pip install -q --no-deps
	grep -vE '^(bltk|bnlp|#)' Benchmarks/Peers/segmenters.requirements.txt | xargs .venv/bin/pip install -q
	@touch $@

fuzz: setup ## Feed each parser broken input for a while (SECONDS_EACH=60)
	@command -v zstd >/dev/null || Scripts/install-packages.sh zstd
	Tests/Fuzz/run.sh

# The tools that Jukta is compared with, in a place of their own.
.venv/done: Tests/Conformance/requirements.txt
	@{ command -v zstd && python3 -c 'import ensurepip'; } >/dev/null 2>&1 || \
	  Scripts/install-packages.sh zstd python3-venv
	python3 -m venv .venv
	.venv/bin/pip install -q -r $<
	@touch $@

format: ## Lay all Swift out as .swift-format says
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

lint: ## Fail where Swift is not laid out so, or breaks a rule
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

docs: setup ## Build the documentation into docs-output/
	JUKTA_DOCS=1 swift package --allow-writing-to-directory docs-output \
	  generate-documentation --target Jukta --output-path docs-output \
	  --transform-for-static-hosting --hosting-base-path jukta
	@echo "docs-output/ holds the pages: python3 -m http.server -d docs-output, then /documentation/jukta"
