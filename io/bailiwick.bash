# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of bailiwick's commands, options and files for bash.
_bailiwick() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    case $before in
    --effort) mapfile -t COMPREPLY < <(compgen -W "quick normal long unlimited" -- "$word"); return ;;
    --owner-by) mapfile -t COMPREPLY < <(compgen -W "id login email name" -- "$word"); return ;;
    --crm | --show) mapfile -t COMPREPLY < <(compgen -W "$(bailiwick export --list 2>/dev/null | cut -d' ' -f1)" -- "$word"); return ;;
    esac
    if [ "$COMP_CWORD" = 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "audit scenario plan compare verify place export model --help --version" -- "$word")
        return
    fi
    case $word in
    -*)
        local options="--help"
        case ${COMP_WORDS[1]} in
        audit) options="--json --rows --spreadsheet --history --against --accounts --users --quiet --all-errors --help" ;;
        scenario) options="-o --output --resolve --all-errors --help" ;;
        plan) options="-o --output --gap --effort --seconds --seed --threads --trace --spreadsheet --quiet --all-errors --help" ;;
        compare) options="-o --output --jobs --gap --effort --seconds --seed --fresh --json --quiet --all-errors --help" ;;
        verify) options="--deep --seconds --threads --json --all-errors --help" ;;
        place) options="--accounts -o --output --json --quiet --all-errors --help" ;;
        export) options="-o --output --crm --profile --users --accounts --contacts --opportunities --territories --associations --members --territory-model --territory-type --parking-owner --owner-by --lost-owners --dry-run --json --list --show --quiet --all-errors --help" ;;
        model) options="--mps --lp --map --all-errors --help" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -o filenames -F _bailiwick bailiwick
