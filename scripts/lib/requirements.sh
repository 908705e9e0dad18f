# What a script asks for: each need_X finds X, installs it where that is possible, or ends with the
# command that the user must run. Sources all it is made of.

# shellcheck source=common.sh
. "$ROOT/scripts/lib/common.sh"
# shellcheck source=find.sh
. "$ROOT/scripts/lib/find.sh"
# shellcheck source=packages.sh
. "$ROOT/scripts/lib/packages.sh"
# shellcheck source=environment.sh
. "$ROOT/scripts/lib/environment.sh"
readonly LOCKS="$ROOT/python/locks"

# missing NEED...: those of them that are not here.
missing() {
  local need
  for need in "$@"; do "find_$need" || printf '%s ' "$need"; done
}

# need NEED...: jdk, maven, gcc or python, installed all at once where they are missing.
need() {
  local need lacking
  lacking="$(missing "$@")"
  # shellcheck disable=SC2086 # a list of words
  if [ -n "$lacking" ] && can_install; then
    # A PYTHON that was chosen and does not fit is for the user to change, not to be installed over.
    if [ -n "${PYTHON:-}" ]; then install ${lacking/python/}; else install $lacking; fi || true
    lacking="$(missing $lacking)"
  fi
  # Once more, for what the finders set: missing ran in a subshell.
  for need in "$@"; do "find_$need" || true; done
  [ -n "$lacking" ] || return 0
  for need in $lacking; do say "error: $(detail "$need")"; done
  say "  To mend it, then run the same again:"
  # shellcheck disable=SC2086
  say "    $(mend $lacking)"
  return "$EXIT_ENVIRONMENT"
}

# detail NEED: what was found of it.
detail() {
  local name
  name="$(printf '%s_DETAIL' "$1" | tr '[:lower:]' '[:upper:]')"
  printf '%s: %s' "$1" "${!name}"
}

# mend NEED...: the one command.
mend() {
  if [ "$1" = python ] && [ -n "${PYTHON:-}" ]; then
    printf 'unset PYTHON'
  else
    remedy "$@"
  fi
}

# need_environment [KIND]: the environment of that kind, the engine's (apo) unless another is named; where it
# cannot be had, says so and what does work without.
need_environment() {
  local kind=${1:-apo} variable
  variable="$(environment_variable "$kind")"
  find_python || true
  if find_environment "$kind" "$LOCKS"; then return 0; fi
  if [ -n "${!variable:-}" ]; then
    # The user's folder: never made, never removed.
    say "error: $ENV_DETAIL."
    say "  unset $variable, and run this again."
  elif need python gcc && need jdk; then
    if find_environment "$kind" "$LOCKS"; then return 0; fi
    if [ -z "$ENV" ]; then
      say "error: $kind: $ENV_DETAIL."
      say "  Set PYTHON to one that fits, and run this again."
    elif make_environment "$kind" "$LOCKS"; then
      find_environment "$kind" "$LOCKS"
      return
    fi
  fi
  say "$ENV_WITHOUT"
  return "$EXIT_ENVIRONMENT"
}

# export_environments: tells the application of all extra environments that are there.
export_environments() {
  local kind
  find_python || return 0
  for kind in $EXTRA_ENVIRONMENTS; do
    if find_environment "$kind" "$LOCKS"; then export "$(environment_variable "$kind")=$ENV"; fi
  done
}
