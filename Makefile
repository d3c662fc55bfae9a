# SPDX-License-Identifier: GPL-3.0-or-later
# bailiwick: territory planning. `make help` lists the targets.
CC ?= gcc
BUILD ?= build
VERSION := 0.1.0
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wswitch-enum -Wvla -Wundef -Wformat=2
CFLAGS ?= -O2 -g
XML_CFLAGS := $(shell pkg-config --cflags libxml-2.0 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -ffp-contract=off $(WARN) \
	-Iinclude $(XML_CFLAGS) $(CFLAGS)
LIBS := -lglpk -lxml2 -lcsv -ljansson -lmd -lm -lpthread

LIB_SRC := $(wildcard solver/*.c) $(filter-out io/main.c,$(wildcard io/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
UNIT_SRC := $(wildcard tests/unit/test_*.c)
UNIT_BIN := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)

all: $(BUILD)/bailiwick ## build the program and the library

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/libbailiwick.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$(BUILD)/bailiwick: $(BUILD)/io/main.o $(BUILD)/libbailiwick.a
	$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LIBS) -o $@

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libbailiwick.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -Isolver -Iio -MMD -MP $< $(BUILD)/libbailiwick.a \
		$(LDFLAGS) $(LIBS) -lcmocka -o $@

unit: $(UNIT_BIN)
	@for t in $(UNIT_BIN); do $$t || exit 1; done

clean: ## remove what was built
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(UNIT_BIN:=.d) $(BUILD)/io/main.d
.PHONY: all unit clean
