#!/usr/bin/env bash
# Set-up: what is found and what is said. Makes nothing.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
unset JAVA_HOME PYTHON LIGHTNING_BRIDGE_CACHE

setup() { "$ROOT/scripts/setup" "$@"; }

test_a_Python_that_does_not_fit_is_named_and_nothing_is_made() {
  assert_equals "$(PYTHON=/nowhere/python LIGHTNING_BRIDGE_CACHE="$DIR/cache" status setup)" 6
  assert_contains "$(cat "$DIR/err")" "PYTHON=/nowhere/python does not fit"
  assert_contains "$(cat "$DIR/err")" "unset PYTHON"
  assert_contains "$(cat "$DIR/err")" "engine is not available; inspect, export and the java engine are"
  [ ! -e "$DIR/cache" ]
}

test_check_only_looks_and_prints_key_value_lines() {
  assert_equals "$(LIGHTNING_BRIDGE_CACHE="$DIR/cache" status setup --check --lines)" 6
  assert_equals "$(grep -cvE '^(jdk|maven|gcc|python|(apo|rl|rl_gateway|tune|local_model)_env)_(ok|detail|remedy)=' "$DIR/out" || true)" 0
  assert_contains "$(cat "$DIR/out")" "apo_env_ok=0
apo_env_detail=not made
apo_env_remedy=scripts/setup
rl_gateway_env_ok=0"
  assert_contains "$(cat "$DIR/out")" "tune_env_remedy=scripts/setup --with tune"
  assert_contains "$(cat "$DIR/out")" "local_model_env_remedy=scripts/setup --with local-model"
  [ ! -e "$DIR/cache" ]
}

test_a_folder_named_by_the_user_is_never_made_or_removed() {
  mkdir "$DIR/mine"
  touch "$DIR/mine/precious"
  assert_equals "$(LIGHTNING_BRIDGE_APO_ENV="$DIR/mine" status setup)" 6
  assert_contains "$(cat "$DIR/err")" "unset LIGHTNING_BRIDGE_APO_ENV"
  [ -e "$DIR/mine/precious" ]
}

test_HOME_may_be_unset() {
  assert_equals "$(status env -u HOME -u XDG_CACHE_HOME "$ROOT/scripts/setup" --check --lines | tr 6 0)" 0
  assert_contains "$(cat "$DIR/out")" "jdk_ok=1"
}

test_an_option_that_is_not_known_is_wrong_use() {
  assert_equals "$(status setup --chekc)" 2
  assert_contains "$(cat "$DIR/err")" "Usage: scripts/setup"
}

test_a_trainer_that_is_not_known_is_wrong_use_and_nothing_is_made() {
  assert_equals "$(LIGHTNING_BRIDGE_CACHE="$DIR/cache" status setup --with rl,magic)" 2
  assert_contains "$(cat "$DIR/err")" "--with takes rl, tune and local-model, not magic"
  [ ! -e "$DIR/cache" ]
}

test_an_environment_that_needs_another_Python_names_it() {
  # shellcheck disable=SC2016 # for the inner shell
  assert_equals "$(ROOT=$ROOT "$BASH" -euo pipefail -c '. "$ROOT/scripts/lib/requirements.sh"
    PYTHON_OK=1 PYTHON_MINOR=3.11 PYTHON_BINARY=python
    find_environment rl "$LOCKS" || echo "$RL_ENV_DETAIL"')" "it needs Python 3.12, not 3.11"
}

# a_jdk VERSION: a folder that looks like one.
a_jdk() {
  mkdir -p "$DIR/jdk$1/bin"
  printf 'IMPLEMENTOR="x"\nJAVA_VERSION="%s.0.1"\n' "$1" >"$DIR/jdk$1/release"
  touch "$DIR/jdk$1/bin/javac"
  chmod +x "$DIR/jdk$1/bin/javac"
  printf '%s' "$DIR/jdk$1"
}

test_a_JAVA_HOME_that_fits_is_taken_and_an_older_one_passed_over() {
  assert_contains "$(JAVA_HOME="$(a_jdk 23)" setup --check --lines || true)" "jdk_detail=23 in $DIR/jdk23"
  assert_lacks "$(JAVA_HOME="$(a_jdk 17)" setup --check --lines || true)" "$DIR/jdk17"
}

test_the_preferred_JDK_is_taken_before_a_newer_one() {
  a_jdk 21 && a_jdk 26 && a_jdk 25
  # shellcheck disable=SC2016 # for the inner shell
  assert_equals "$(ROOT=$ROOT "$BASH" -euo pipefail -c '. "$ROOT/scripts/lib/requirements.sh"
    candidates="$1"; jdk_candidates() { printf "%s\n" "$candidates"/jdk*; }
    find_jdk; echo "$JDK_DETAIL"' x "$DIR")" "25 in $DIR/jdk25"
}

run_tests
