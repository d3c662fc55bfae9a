# SPDX-License-Identifier: GPL-3.0-or-later
# bailiwick: territory planning. `make help` lists the targets.
VERSION := 0.1.0
BUILD ?= build
PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += --jobs=$(shell nproc 2>/dev/null || echo 1)
endif
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wswitch-enum -Wvla -Wundef -Wformat=2
XML_CFLAGS = $(or $(shell pkg-config --cflags libxml-2.0 2>/dev/null),-I/usr/include/libxml2)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -DBW_VERSION='"$(VERSION)"' \
	-ffp-contract=off -fPIC $(WARN) $(WERROR) -Iinclude $(XML_CFLAGS) $(CFLAGS)
LIBS := -lglpk -lxml2 -lcsv -ljansson -lmd -lz -lm -lpthread
CHECKFLAGS := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
THREADFLAGS := -O1 -g -fsanitize=thread

LIB_SRC := $(wildcard solver/*.c) $(filter-out io/main.c,$(wildcard io/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/scenario_xsd.o $(BUILD)/crm_files_xml.o
UNIT_SRC := $(wildcard tests/unit/test_*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
CRM_BIN := $(addprefix $(BUILD)/crm/,importer shape settled)
# The program as suites run it; see tests/run.
COUNTED := $(BUILD)/counted/bailiwick
DEMO := $(BUILD)/demo

all: .deps-build $(BUILD)/bailiwick $(BUILD)/libbailiwick.so ## build the program and the library

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

demo: all ## install what is missing, build, plan the shipped sample
	$(BUILD)/bailiwick plan scenarios/annual-2027.xml -o $(DEMO)

check: .deps-check all $(UNIT_BIN) $(BUILD)/generate $(BUILD)/soil $(CRM_BIN) $(COUNTED) ## build, then all tests (under 5 minutes)
	@tests/run $(BUILD)

unit: $(UNIT_BIN) $(BUILD)/generate $(CRM_BIN)
	@tests/run $(BUILD) $(notdir $(UNIT_BIN))

# What must be there is installed at the first build only, one set at a time.
.deps-check: .deps-build
.deps-bench .deps-ci: .deps-check
.deps-build .deps-check .deps-bench .deps-ci: .deps-%:
	@.ci/deps $*

$(BUILD)/%.o: %.c | .deps-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# The schema is part of the program: the scenario reader checks against it.
$(BUILD)/scenario_xsd.c: scenarios/scenario.xsd Makefile
	@mkdir -p $(@D)
	@{ echo '#include "scenario_xsd.h"'; \
	echo 'const unsigned char bw_scenario_xsd[] = {'; \
	od -An -v -tx1 $< | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; \
	echo '};'; \
	echo 'const size_t bw_scenario_xsd_len = sizeof bw_scenario_xsd;'; } >$@

# Likewise the profiles of CRMs and their schema. Sorted without the suffix.
CRM := $(sort $(basename $(notdir $(wildcard scenarios/crm/*.xml))))
$(BUILD)/crm_files_xml.c: scenarios/crm/profile.xsd $(CRM:%=scenarios/crm/%.xml) Makefile
	@mkdir -p $(@D)
	@bytes() { echo "const unsigned char $$1[] = {"; \
	od -An -v -tx1 $$2 | sed 's/ *\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '};'; }; \
	{ echo '#include "crm_builtin.h"'; \
	bytes bw_crm_xsd scenarios/crm/profile.xsd; \
	echo 'const size_t bw_crm_xsd_len = sizeof bw_crm_xsd;'; \
	n=0; for name in $(CRM); do n=$$((n + 1)); printf 'static '; \
	bytes xml_$$n scenarios/crm/$$name.xml; done; \
	echo 'const bw_crm_builtin_file bw_crm_builtin_files[] = {'; \
	n=0; for name in $(CRM); do n=$$((n + 1)); \
	echo "{\"$$name\", xml_$$n, sizeof xml_$$n},"; done; echo '};'; \
	echo "const size_t bw_crm_builtin_count = $$n;"; \
	echo 'const char *const bw_crm_builtin_list[] = {'; \
	for name in $(CRM); do echo "\"$$name\","; done; echo 'NULL};'; } >$@

$(BUILD)/scenario_xsd.o $(BUILD)/crm_files_xml.o: $(BUILD)/%.o: $(BUILD)/%.c | .deps-build
	$(CC) $(ALL_CFLAGS) -Iio -MMD -MP -c $< -o $@

$(BUILD)/libbailiwick.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/libbailiwick.so: $(LIB_OBJ)
	$(CC) $(CFLAGS) -shared -Wl,-soname,libbailiwick.so.0 $(LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/bailiwick: $(BUILD)/io/main.o $(BUILD)/libbailiwick.a
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libbailiwick.a | .deps-check
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-missing-field-initializers -Isolver -Iio -MMD -MP $< $(BUILD)/libbailiwick.a \
		$(LDFLAGS) $(LIBS) -lcmocka -o $@

$(BUILD)/generate: scenarios/generate.c scenarios/cities.h | .deps-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< $(LDFLAGS) -lm -o $@

$(BUILD)/soil: scenarios/soil.c scenarios/soil_rows.c scenarios/soil_tables.c scenarios/soil.h scenarios/cities.h | .deps-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(filter %.c,$^) $(LDFLAGS) -lcsv -o $@

# What CRMs do with the files of an export; shares no code with the program.
CRM_JUDGE := $(addprefix tests/crm/,importer.c owners.c dolibarr.c salesforce.c)
CRM_SHEET := tests/crm/sheet.c tests/crm/sheet.h tests/rows/keep.c tests/rows/keep.h
$(BUILD)/crm/importer: $(CRM_JUDGE) tests/crm/importer.h $(CRM_SHEET)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-missing-field-initializers $(filter %.c,$^) $(LDFLAGS) -o $@

$(BUILD)/crm/shape: $(addprefix tests/crm/,shape.c people.c people.h shapes.h) $(CRM_SHEET)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Wno-missing-field-initializers $(filter %.c,$^) $(LDFLAGS) -o $@

$(BUILD)/crm/settled: tests/crm/settled.c $(CRM_SHEET)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(filter %.c,$^) $(LDFLAGS) -o $@

# Counts the rows of every plan that suites make; shares no code with it.
$(COUNTED): $(wildcard tests/rows/*.[ch]) | .deps-check
	@mkdir -p $(@D)
	ln -sfn ../generate ../soil ../crm $(@D)
	$(CC) $(ALL_CFLAGS) $(filter %.c,$^) $(LDFLAGS) -lz -o $@

# Sanitizers over the whole suite; each kind of build has its own folder.
check-asan: .deps-check ## the tests under the address and undefined-behaviour sanitizers
	$(MAKE) --no-print-directory BUILD=$(BUILD)-asan CFLAGS="$(CHECKFLAGS)" \
		LDFLAGS="$(CHECKFLAGS)" WERROR=-Werror check

# GLPK is not instrumented; nothing of ours is suppressed.
check-tsan: .deps-check ## the hard cases, two threads, under the thread sanitizer
	$(MAKE) --no-print-directory BUILD=$(BUILD)-tsan CFLAGS="$(THREADFLAGS)" \
		LDFLAGS="$(THREADFLAGS)" WERROR=-Werror $(BUILD)-tsan/bailiwick
	TSAN_OPTIONS=exitcode=66 tests/run $(BUILD)-tsan hard

check-clang: .deps-ci ## the tests, built by clang
	$(MAKE) --no-print-directory BUILD=$(BUILD)-clang CC=clang WERROR=-Werror check

check-gcc: .deps-check
	$(MAKE) --no-print-directory BUILD=$(BUILD)-gcc CC=gcc WERROR=-Werror check

golden: all $(CRM_BIN) ## rewrite the expected outputs; git diff reviews them
	tests/bad/run $(BUILD) --rewrite
	tests/golden/run $(BUILD) --rewrite
	tests/crm/run $(BUILD) --rewrite >/dev/null

SOURCES = $(wildcard solver/*.[ch] io/*.[ch] include/*.h include/bw/*.h \
	scenarios/*.[ch] tests/*/*.[ch])
format: ## lay the code out
	clang-format -i $(SOURCES)

format-check: .deps-ci ## is it laid out?
	clang-format --dry-run -Werror $(SOURCES)

lint: .deps-ci all ## clang-tidy, cppcheck and the rules of the architecture
	.ci/architecture $(BUILD)
	cppcheck --quiet --std=c11 --enable=warning,portability,performance \
		--inline-suppr --suppress=missingIncludeSystem --error-exitcode=1 \
		-Iinclude solver io
	@# One file a run: with several, version 14 takes va_start for unknown in
	@# all but the first.
	@printf '%s\n' $(LIB_SRC) io/main.c | xargs -P "$$(nproc)" -I FILE \
		sh -c 'clang-tidy --quiet --warnings-as-errors="*" FILE -- \
			-std=c11 -D_POSIX_C_SOURCE=200809L -DBW_VERSION="\"\"" \
			-Iinclude $(XML_CFLAGS) 2>/dev/null'

ci-rest: .deps-ci ## what CI runs after the tests
	$(MAKE) --no-print-directory format-check
	$(MAKE) --no-print-directory lint
	$(MAKE) --no-print-directory check-asan
	$(MAKE) --no-print-directory check-tsan
	$(MAKE) --no-print-directory check-clang
	$(MAKE) --no-print-directory bench-tools bench-smoke
	@git diff --exit-code --stat || { echo "the tests changed the tree"; exit 1; }

ci: check ## all that CI does
	$(MAKE) --no-print-directory ci-rest

install: all ## program, library, headers, manual page, schemas, profiles (PREFIX, DESTDIR)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig \
		$(DESTDIR)$(PREFIX)/include/bw $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/bailiwick/crm \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(BUILD)/bailiwick $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libbailiwick.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libbailiwick.so $(DESTDIR)$(PREFIX)/lib/libbailiwick.so.0
	ln -sf libbailiwick.so.0 $(DESTDIR)$(PREFIX)/lib/libbailiwick.so
	install -m 644 include/bailiwick.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 include/bw/*.h $(DESTDIR)$(PREFIX)/include/bw/
	sed 's/@VERSION@/$(VERSION)/' io/bailiwick.1 \
		>$(DESTDIR)$(PREFIX)/share/man/man1/bailiwick.1
	install -m 644 io/bailiwick.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/bailiwick
	install -m 644 scenarios/scenario.xsd $(DESTDIR)$(PREFIX)/share/bailiwick/
	install -m 644 scenarios/crm/profile.xsd $(CRM:%=scenarios/crm/%.xml) \
		$(DESTDIR)$(PREFIX)/share/bailiwick/crm/
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' io/bailiwick.pc \
		>$(DESTDIR)$(PREFIX)/lib/pkgconfig/bailiwick.pc

$(BUILD)/territory: tests/bench/territory.c scenarios/cities.h | .deps-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< $(LDFLAGS) -lm -o $@

$(BUILD)/export: tests/bench/export.c scenarios/cities.h | .deps-build
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $< $(LDFLAGS) -lm -o $@

bench-intake: .deps-bench bench-tools $(BUILD)/export ## measure how files are read, up to ten million accounts (10 minutes)
	tests/bench/intake $(BUILD)
	tests/bench/table

bench-crm: bench-tools $(BUILD)/export ## measure exports to a CRM, up to a million accounts (2 minutes)
	tests/bench/crm $(BUILD)
	tests/bench/table

# All of it takes an hour; parts: INSTANCES="small medium" SEEDS="1 2" and what
# else tests/bench/run reads.
INSTANCES ?= all
bench: .deps-bench bench-tools $(BUILD)/territory $(BUILD)/export ## measure plans, peers and files: tables and plot (two hours)
	tests/bench/run $(BUILD) $(INSTANCES)
	tests/bench/intake $(BUILD)
	tests/bench/crm $(BUILD)
	tests/bench/table
	tests/bench/plot

bench-smoke: .deps-check bench-tools $(BUILD)/territory ## do the benches run? (half a minute)
	tests/bench/run $(BUILD) smoke

BENCH_TOOLS := $(patsubst tests/bench/%.c,$(BUILD)/bench/%,$(wildcard tests/bench/bench_*.c))
BENCH_ROWS := $(wildcard tests/bench/rows_*.c)
$(BUILD)/bench/%: tests/bench/%.c $(BENCH_ROWS) $(BUILD)/libbailiwick.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Isolver -Iio -MMD -MP $^ $(LDFLAGS) $(LIBS) -o $@

bench-tools: .deps-build all $(BENCH_TOOLS) ## the engine's benches for developers, in build/bench

bench-parts: bench-tools $(BUILD)/territory ## measure what each part of the engine brings (half an hour)
	tests/bench/parts $(BUILD)
	tests/bench/table

clean: ## remove what was built
	rm -rf $(BUILD) build-*

-include $(LIB_OBJ:.o=.d) $(UNIT_BIN:=.d) $(BUILD)/io/main.d
.PHONY: all help demo check unit check-asan check-tsan check-clang check-gcc golden format \
	format-check lint ci ci-rest bench bench-intake bench-crm bench-smoke install clean .deps-build .deps-check .deps-ci
