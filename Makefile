# `make demo` and `make test` do all the set-up they need; everything else builds on the same steps.

SWIFT ?= swift
PREFIX ?= /usr/local
BINARY := .build/release/neuromaps

# A release binary must run anywhere, and start fast: the Swift runtime, libyaml, libarchive, expat, libpng and
# the C++ runtime are linked into it, at fixed addresses, so that nothing is looked up or moved when it starts.
# SwiftPM asks pkg-config how to link the four; on Linux it is answered with the archives instead of the
# shared libraries. Of libarchive only the readers of tar and gzip are taken, which need zlib alone.
RELEASE := -c release
STATIC_PC := .build/static/yaml-0.1.pc .build/static/libarchive.pc .build/static/expat.pc .build/static/libpng.pc \
  .build/static/libstdc++.so
ifeq ($(shell uname),Linux)
  RELEASE += --static-swift-stdlib -Xlinker --gc-sections -Xlinker -s -Xswiftc -L$(CURDIR)/.build/static \
    $(foreach flag,-no-pie -static-libgcc,-Xswiftc -Xclang-linker -Xswiftc $(flag))
  BUILD_ENV = PKG_CONFIG_PATH="$(CURDIR)/.build/static"
else
  # Homebrew keeps its libarchive and expat out of the way of the system's, which have no headers.
  BREW := $(shell brew --prefix 2>/dev/null)/opt
  export PKG_CONFIG_PATH := $(BREW)/libarchive/lib/pkgconfig:$(BREW)/expat/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

.PHONY: build install man demo test tour docs interop shells ci-trial report-trial example-page merges fuzz bench check format clean set-up

build: set-up $(STATIC_PC)
	$(BUILD_ENV) $(SWIFT) build $(RELEASE) --product neuromaps

.build/static/yaml-0.1.pc: LIBS = -l:libyaml.a
.build/static/libarchive.pc: LIBS = -l:libarchive.a -l:libz.a
.build/static/expat.pc: LIBS = -l:libexpat.a
.build/static/libpng.pc: LIBS = -l:libpng16.a -l:libz.a
.build/static/libstdc++.so:
	@mkdir -p $(@D)
	@ln -sf "$$(clang++ -print-file-name=libstdc++.a)" $@
$(filter %.pc,$(STATIC_PC)): .build/static/%.pc: set-up
	@mkdir -p $(@D)
	@sed -e 's/^Libs:.*/Libs: -L$${libdir} $(LIBS)/' -e '/\.private/d' "$$(pkg-config --variable=pcfiledir $*)/$*.pc" > $@

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/neuromaps"
	@sh docs/install.sh $(BINARY) "$(DESTDIR)$(PREFIX)/share"

# The manual page alone: .build/man/neuromaps.1.
man: build
	@mkdir -p .build/man
	python3 docs/man.py $(BINARY) > .build/man/neuromaps.1

demo: build
	sh examples/quickstart/demo.sh "$(CURDIR)/$(BINARY)"

RECKONING = PowerLossTests|(Project|Store|House)Tests\.

test: set-up
	# What only reckons goes at once. The rest goes one after the other: on two cores the former would starve servers
	# that others wait for.
	bash Tests/Support/test.sh $(SWIFT) test --filter '$(RECKONING)'
	bash Tests/Support/test.sh $(SWIFT) test --no-parallel --skip '$(RECKONING)'

# A program that uses the library, in a package of its own.
tour: set-up
	$(SWIFT) package --package-path examples/library dump-package > /dev/null
	$(SWIFT) build --product library-tour
	sh examples/library/tour.sh "$(CURDIR)/.build/debug/library-tour"

# The library's documentation, from its doc comments.
docs: set-up
	$(SWIFT) build
	sh Tests/Support/api-docs.sh

# Side by side with the Python toolbox, which is installed from PyPI into .build; then what is cited for
# every map, read by bibtex, biber and pandoc, which are installed where they are missing; then what describes a data
# directory, read by bids-validator and cffconvert, from PyPI too.
interop: build
	sh Tests/Interop/run.sh "$(CURDIR)/$(BINARY)"
	sh Tests/Interop/bibliography.sh "$(CURDIR)/$(BINARY)"
	sh Tests/Interop/bids.sh "$(CURDIR)/$(BINARY)"

# Real shells complete lines, and the manual page is checked; what of them is missing is installed.
shells: build
	bash Tests/Support/completions-trial.sh "$(CURDIR)/$(BINARY)"

# The steps of action.yml, the examples of docs/ci.md and the hook of pre-commit, run here without GitHub.
ci-trial: build
	sh Tests/Support/ci-trial.sh "$(CURDIR)/$(BINARY)"

# A page that `neuromaps report` has made, opened in Chromium, clicked through and printed: PAGE=FILE, else one of
# examples/quickstart.
EXAMPLE_PAGE := .build/report-example/neuromaps-report.html
report-trial: $(if $(PAGE),,example-page)
	sh Tests/Support/report-trial.sh "$(or $(PAGE),$(EXAMPLE_PAGE))"

example-page: build
	@rm -rf $(dir $(EXAMPLE_PAGE))
	@mkdir -p $(dir $(EXAMPLE_PAGE))
	@cp -R examples/quickstart/lab examples/quickstart/neuromaps.yaml $(dir $(EXAMPLE_PAGE))
	cd $(dir $(EXAMPLE_PAGE)) && for command in sync report; do \
	  env -u NEUROMAPS_DATA -u NEUROMAPS_MIRRORS NEUROMAPS_CACHE_DIR="$$PWD/store" "$(CURDIR)/$(BINARY)" $$command || exit; \
	done

# Git merges what random pairs of branches have locked; `neuromaps lock` does the rest, and the outcome must be right.
merges: build
	python3 Tests/Support/merge-trial.py "$(CURDIR)/$(BINARY)"

# Inputs of all kinds for the readers, a minute each: SECONDS=N for more, READER=manifest for one alone.
fuzz: set-up
	SWIFT="$(SWIFT)" sh Tests/Support/fuzz.sh --seconds $(or $(SECONDS),60) $(READER:%=--reader %)

bench: build
	sh Benchmarks/sync.sh "$(CURDIR)/$(BINARY)"
	sh Benchmarks/transfer.sh "$(CURDIR)/$(BINARY)"

# What CI asks for besides the tests.
check:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	python3 examples/quickstart/make-maps.py --check

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

clean:
	rm -rf .build

# The libraries that do not come with the packages: libyaml, libarchive, expat, libpng and zlib.
set-up:
	@sh Tests/Support/set-up.sh
