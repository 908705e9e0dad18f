#!/usr/bin/env bash
# The command on the PATH, and what completes it: with a program that prints its arguments.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# a_checkout: the real scripts/install beside a program that says what it was called with.
a_checkout() {
  mkdir -p "$DIR/checkout/scripts" "$DIR/bin"
  cp -R "$ROOT/scripts/install" "$ROOT/scripts/lib" "$DIR/checkout/scripts"
  # shellcheck disable=SC2016 # for the program
  printf '#!/usr/bin/env bash\necho "# program: $*"\n' >"$DIR/checkout/scripts/bridge"
  chmod +x "$DIR/checkout/scripts/bridge"
  export XDG_DATA_HOME="$DIR/data"
}

install() { "$DIR/checkout/scripts/install" "$@"; }

test_the_command_is_found_by_its_name_and_each_shell_gets_its_completion() {
  a_checkout
  assert_equals "$(status install --to "$DIR/bin")" 0
  assert_equals "$(PATH="$DIR/bin:$PATH" bridge runs list)" "# program: runs list"
  assert_contains "$(cat "$DIR/data/bash-completion/completions/bridge")" "# program: completion bash"
  assert_contains "$(cat "$DIR/data/lightning-bridge/completion.zsh")" "# program: completion zsh"
}

test_it_says_what_to_add_to_the_PATH_only_where_it_is_not_there() {
  a_checkout
  status install --to "$DIR/bin"
  assert_contains "$(cat "$DIR/err")" "export PATH=\"$DIR/bin:\$PATH\""
  PATH="$DIR/bin:$PATH" status install --to "$DIR/bin"
  assert_lacks "$(cat "$DIR/err")" "export PATH"
}

test_another_program_of_that_name_that_comes_first_on_the_PATH_is_named() {
  a_checkout
  mkdir "$DIR/system"
  cp "$DIR/checkout/scripts/bridge" "$DIR/system/bridge"
  PATH="$DIR/system:$DIR/bin:$PATH" status install --to "$DIR/bin"
  assert_contains "$(cat "$DIR/err")" "$DIR/system/bridge comes before it"
}

test_a_second_time_changes_nothing_and_a_relative_folder_is_the_same() {
  a_checkout
  status install --to "$DIR/bin"
  find "$DIR/bin" "$DIR/data" | sort >"$DIR/before"
  assert_equals "$(cd "$DIR" && status install --to bin)" 0
  assert_equals "$(find "$DIR/bin" "$DIR/data" | sort)" "$(cat "$DIR/before")"
  assert_equals "$(readlink "$DIR/bin/bridge")" "$DIR/checkout/scripts/bridge"
}

test_what_is_another_program_s_is_neither_written_over_nor_removed() {
  a_checkout
  echo precious >"$DIR/bin/bridge"
  assert_equals "$(status install --to "$DIR/bin")" 1
  assert_contains "$(cat "$DIR/err")" "$DIR/bin/bridge is there already"
  [ ! -e "$DIR/data" ]
  assert_equals "$(status install --to "$DIR/bin" --remove)" 0
  assert_equals "$(cat "$DIR/bin/bridge")" precious
}

test_remove_takes_away_all_that_was_written() {
  a_checkout
  status install --to "$DIR/bin"
  assert_equals "$(status install --to "$DIR/bin" --remove)" 0
  assert_equals "$(find "$DIR/bin" "$DIR/data" ! -type d)" ""
  assert_equals "$(status install --to "$DIR/bin" --remove)" 0
}

test_a_program_that_cannot_be_built_leaves_nothing_behind() {
  a_checkout
  printf '#!/bin/sh\nexit 6\n' >"$DIR/checkout/scripts/bridge"
  assert_equals "$(status install --to "$DIR/bin")" 1
  assert_equals "$(find "$DIR/bin" "$DIR/data" ! -type d)" ""
}

test_an_option_that_is_not_known_is_wrong_use() {
  a_checkout
  assert_equals "$(status install --too "$DIR/bin")" 2
  assert_contains "$(cat "$DIR/err")" "Usage: scripts/install"
}

run_tests
