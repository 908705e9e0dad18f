# A small harness: each function named test_... is a test, its name a sentence. Sourced by a test
# file, which ends with run_tests. A test runs in a shell of its own with a folder of its own, $DIR,
# which has a space in its name; it fails with the first assertion or command that fails.
set -euo pipefail
# A test never changes the machine, and knows no environment but its own.
export LIGHTNING_BRIDGE_INSTALL=no
unset LIGHTNING_BRIDGE_APO_ENV LIGHTNING_BRIDGE_RL_GATEWAY_ENV LIGHTNING_BRIDGE_RL_ENV LIGHTNING_BRIDGE_TUNE_ENV \
  LIGHTNING_BRIDGE_LOCAL_MODEL_ENV
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"

fail() {
  printf '    %s\n' "$@" >&2
  exit 1
}
assert_contains() { case $1 in *"$2"*) ;; *) fail "not found: $2" "in: $1" ;; esac }
assert_lacks() { case $1 in *"$2"*) fail "found: $2" "in: $1" ;; esac }
assert_equals() { [ "$1" = "$2" ] || fail "expected: $2" "but was:  $1"; }

# status COMMAND...: prints its exit status; its output is in $DIR/out and $DIR/err.
status() {
  local code=0
  "$@" >"$DIR/out" 2>"$DIR/err" </dev/null || code=$?
  printf '%s' "$code"
}

run_tests() {
  local name passed=0 failed=0 log
  log="$(mktemp)"
  for name in $(declare -F | awk '$3 ~ /^test_/ { print $3 }'); do
    DIR="$(mktemp -d)/a folder"
    mkdir -p "$DIR"
    if (
      set -e
      "$name"
    ) >"$log" 2>&1 </dev/null; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      printf 'FAILED %s: %s\n' "$(basename "$0")" "$(tr _ ' ' <<<"${name#test_}")"
      cat "$log"
    fi
    rm -rf "$(dirname "$DIR")"
  done
  rm -f "$log"
  printf '%s:\n%d passed, %d failed\n' "$(basename "$0")" "$passed" "$failed"
  [ "$failed" = 0 ]
}
