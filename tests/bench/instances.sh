# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154
# What can be measured, for the scripts beside it. They set `root`, `here`,
# `build` before they read this.
#
# Territories: tiny small medium large xlarge open million. From the reference
# generator of the same recipe where that lies beside the project, else from our
# own (then the label ends in "-own": other figures). The last two have
# coordinates only, and all pairs are allowed: more than can have a column each. Assignments: every file under gap/, named by its name.
bench_data=$root/../shared/bench

# Accounts, reps, seconds for us and for each peer, seeds, seeds with peers.
territory_of() { # name
    case $1 in
    tiny) echo 60 4 600 600 1 1 ;;
    small) echo 200 10 30 30 "1,2,3,4,5" 1 ;;
    medium) echo 2000 50 60 60 "1,2,3,4,5" 1 ;;
    large) echo 10000 200 60 60 "1,2,3,4,5" 1 ;;
    xlarge) echo 50000 500 60 60 "1,2,3,4,5" 1 ;;
    open) echo 20000 200 60 0 1 "" ;;
    million) echo 1000000 2000 300 0 1 "" ;;
    *) return 1 ;;
    esac
}

# The peers see the files that the literature calls hard, a few of each size:
# the rest would take hours and show the same.
gap_of() { # name: as above
    local file jobs agents peers="" limit=60
    file=$(gap_file "$1") || return 1
    read -r agents jobs _ < <(tr '\r\n' '  ' <"$file")
    case $1 in gap* | [abc]*) limit=30 ;; esac
    [ "$jobs" -gt 400 ] && limit=120
    case $1 in c10200 | d20100 | e10200) peers=1 ;; esac
    echo "$jobs" "$agents" "$limit" "$limit" 1 "$peers"
}

gap_file() { # name
    local file
    for file in "$bench_data"/gap/*/"$1"; do
        [ -f "$file" ] && echo "$file" && return
    done
    return 1
}

gap_names() { # in the order of their size
    local file jobs agents
    for file in "$bench_data"/gap/*/*[0-9]; do
        [ -f "$file" ] || continue
        read -r agents jobs _ < <(tr '\r\n' '  ' <"$file")
        echo "$jobs $agents $(basename "$file")"
    done | sort -n -k1,1 -k2,2 -k3,3 | cut -d' ' -f3
}

# Its figures, whichever kind it is.
facts_of() { # name
    territory_of "$1" || gap_of "$1" || {
        echo "bench: there is no instance \"$1\"" >&2
        return 1
    }
}

# Families to names.
expand() { # name...
    local name
    for name; do
        case $name in
        all) expand territory gap ;;
        territory) echo small medium large xlarge million ;;
        gap) gap_names ;;
        *) echo "$name" ;;
        esac
    done
}

# Writes DIR/scenario.xml with its tables and says what it is called.
make_instance() { # name seed dir
    local n m
    rm -rf "$3" && mkdir -p "$3" || return
    if ! territory_of "$1" >/dev/null; then
        "$here/gap_to_csv" "$(gap_file "$1")" "$3" && echo "$1"
        return
    fi
    read -r n m _ < <(territory_of "$1")
    case $1 in tiny | open | million) ;; *)
        if [ -f "$bench_data/territory/gen.py" ] && command -v python3 >/dev/null; then
            python3 "$bench_data/territory/gen.py" --size "$1" --seed "$2" \
                --out "$3" >/dev/null &&
                "$here/territory_to_xml" "$3" "$1" >"$3/scenario.xml" && echo "$1"
            return
        fi ;;
    esac
    case $1 in
    tiny) "$build/territory" "$n" "$m" "$2" "$3" && echo tiny ;;
    open | million) "$build/territory" "$n" "$m" "$2" "$3" open && echo "$1" ;;
    *) "$build/territory" "$n" "$m" "$2" "$3" && echo "$1-own" ;;
    esac
}

# Per cent of the machine that is taken, over half a second. Measure when
# nothing of ours runs.
busy() {
    local before after
    before=$(head -1 /proc/stat)
    sleep 0.5
    after=$(head -1 /proc/stat)
    echo "$before $after" | awk '{
        n = NF / 2
        for (i = 2; i <= n; i++) total += $(n + i) - $i
        idle = $(n + 5) - $5 + $(n + 6) - $6
        printf("%.0f\n", total > 0 ? 100 * (total - idle) / total : 0) }'
}

machine() {
    printf '%s, %s cores, %s GiB\n' \
        "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" "$(nproc)" \
        "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)"
}
