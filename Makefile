# `make demo` and `make test` do all the set-up they need; everything else builds on the same steps.

SWIFT ?= swift
PREFIX ?= /usr/local
BINARY := .build/release/neuromaps

# A release binary must run anywhere: the Swift runtime and libyaml are linked into it. SwiftPM asks
# pkg-config how to link libyaml; on Linux it is answered with the archive instead of the shared library.
RELEASE := -c release
STATIC_PC := .build/static/yaml-0.1.pc
ifeq ($(shell uname),Linux)
  RELEASE += --static-swift-stdlib -Xlinker --gc-sections -Xlinker -s
  BUILD_ENV = PKG_CONFIG_PATH="$(CURDIR)/.build/static"
endif

.PHONY: build install demo test interop bench check format clean set-up

build: set-up $(STATIC_PC)
	$(BUILD_ENV) $(SWIFT) build $(RELEASE) --product neuromaps

$(STATIC_PC): set-up
	@mkdir -p $(@D)
	@sed 's/^Libs:.*/Libs: -L$${libdir} -l:libyaml.a/' "$$(pkg-config --variable=pcfiledir yaml-0.1)/yaml-0.1.pc" > $@

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/neuromaps"

demo: build
	sh examples/quickstart/demo.sh "$(CURDIR)/$(BINARY)"

test: set-up
	$(SWIFT) test

# Side by side with the Python toolbox, which is installed from PyPI into .build.
interop: build
	sh Tests/Interop/run.sh "$(CURDIR)/$(BINARY)"

bench: build
	sh Benchmarks/no-op.sh "$(CURDIR)/$(BINARY)"

# What CI asks for besides the tests.
check:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	python3 examples/quickstart/make-maps.py --check

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

clean:
	rm -rf .build

# The one library that does not come with the packages: libyaml.
set-up:
	@sh Tests/Support/set-up.sh
