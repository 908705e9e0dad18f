#!/usr/bin/env bash
# The Python environment: made, shared, mended. Real environments, from a list of one package.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
unset JAVA_HOME PYTHON LIGHTNING_BRIDGE_CACHE

# a_list [KIND]: one wheel, in the form of python/locks.
a_list() {
  mkdir -p "$DIR/locks"
  grep -A 2 '^six==' "$ROOT/python/locks/apo.txt" >"$DIR/locks/${1:-apo}.txt"
}

# make [KIND]: makes the environment of the list, as need_environment does.
make() {
  # shellcheck disable=SC2016 # for the inner shell
  LIGHTNING_BRIDGE_CACHE="$DIR/cache" ROOT=$ROOT "$BASH" -euo pipefail -c '
    . "$ROOT/scripts/lib/requirements.sh"
    find_python
    find_environment "$2" "$1" || make_environment "$2" "$1"
    find_environment "$2" "$1"
    echo "$ENV"' make "$DIR/locks" "${1:-apo}"
}

test_an_environment_is_made_once_and_then_found() {
  a_list
  assert_equals "$(status make)" 0
  assert_contains "$(cat "$DIR/err")" "once"
  "$(cat "$DIR/out")/bin/python" -c 'import six'
  assert_equals "$(status make)" 0
  assert_equals "$(cat "$DIR/err")" ""
}

test_each_kind_has_an_environment_of_its_own() {
  a_list && a_list tune
  make >/dev/null 2>&1
  assert_contains "$(make tune 2>"$DIR/err")" "$DIR/cache/env/tune-"
  assert_contains "$(cat "$DIR/err")" "TRL with torch"
}

test_an_environment_that_was_broken_off_is_made_anew() {
  a_list
  local env
  env="$(make)"
  rm -r "$env/.complete" "$env"/lib/python*/site-packages/six.py
  assert_equals "$(status make)" 0
  assert_contains "$(cat "$DIR/err")" "broken off"
  "$env/bin/python" -c 'import six'
}

test_a_set_up_that_was_killed_is_mended_by_the_next() {
  a_list
  local pid tries=0
  set -m
  make >/dev/null 2>&1 &
  pid=$!
  set +m
  until compgen -G "$DIR/cache/env/apo-*/bin" || [ "$((tries += 1))" -gt 100 ]; do sleep 0.1; done
  kill -9 -- "-$pid"
  wait "$pid" || true
  assert_equals "$(status make)" 0
  "$(cat "$DIR/out")/bin/python" -c 'import six'
}

test_two_set_ups_at_once_make_one_environment() {
  a_list
  make >"$DIR/out1" 2>"$DIR/err1" &
  local first=$!
  make >"$DIR/out2" 2>"$DIR/err2"
  wait "$first"
  assert_equals "$(cat "$DIR/out1")" "$(cat "$DIR/out2")"
  assert_equals "$(cat "$DIR/err1" "$DIR/err2" | grep -c 'once;')" 1
}

test_a_package_with_another_hash_is_refused_and_leaves_no_environment() {
  a_list
  sed -i.bak 's/sha256:..../sha256:0000/' "$DIR/locks/apo.txt"
  assert_equals "$(status make)" 1
  assert_contains "$(cat "$DIR/err")" "error: fetching the locked packages failed"
  ! compgen -G "$DIR/cache/env/apo-*/.complete"
}

test_a_registry_that_does_not_answer_is_named_as_the_cause() {
  a_list
  assert_equals "$(PIP_NO_CACHE_DIR=1 PIP_RETRIES=0 PIP_INDEX_URL=http://127.0.0.1:9/ UV_NO_CACHE=1 \
    UV_HTTP_RETRIES=0 UV_INDEX_URL=http://127.0.0.1:9/ status make)" 6
  assert_contains "$(cat "$DIR/err")" "did not answer. Run this again"
}

test_a_cache_folder_that_cannot_be_made_is_named_with_the_variable_to_set() {
  a_list
  touch "$DIR/cache"
  assert_equals "$(status make)" 6
  assert_contains "$(cat "$DIR/err")" "$DIR/cache/env cannot be written"
  assert_contains "$(cat "$DIR/err")" "Set LIGHTNING_BRIDGE_CACHE"
}

run_tests
