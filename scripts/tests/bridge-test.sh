#!/usr/bin/env bash
# The launcher, in a small checkout whose program says how it was started.
. "$(dirname "${BASH_SOURCE[0]}")/harness.sh"
export LIGHTNING_BRIDGE_CACHE=/nowhere PYTHON=/nowhere/python

# Filled by the first test that needs it, and copied by the others: compiling takes its time.
BUILT="$(mktemp -d)"
trap 'rm -rf "$BUILT"' EXIT

# a_checkout: built, with the real scripts and a Maven that compiles the one class.
a_checkout() {
  export MAVEN_HOME="$DIR/maven"
  if [ -e "$BUILT/maven" ]; then
    cp -R "$BUILT/." "$DIR"
    return
  fi
  an_unbuilt_checkout
  status bridge inspect
  cp -R "$DIR/." "$BUILT"
}

an_unbuilt_checkout() {
  mkdir -p "$DIR/checkout/src/main" "$DIR/checkout/.mvn" "$DIR/checkout/python/lightning_bridge" \
    "$DIR/maven/bin" "$DIR/elsewhere"
  cp -R "$ROOT/scripts" "$DIR/checkout/scripts"
  touch "$DIR/checkout/pom.xml"
  cat >"$DIR/checkout/src/main/Main.java" <<'JAVA'
package dev.lightningbridge.cli;

public class Main {
  public static void main(String[] arguments) throws Exception {
    System.out.println(String.join("|", arguments));
    System.out.println(System.getProperty("user.dir"));
    System.out.println(System.getenv("LIGHTNING_BRIDGE_SETUP"));
    if (arguments.length > 0 && arguments[0].equals("models")) {
      System.out.println("SQLite: " + System.getProperty("org.sqlite.lib.path"));
    }
    if (arguments.length > 0 && arguments[0].equals("sandbox")) {
      Thread.sleep(60_000);
    }
    if (arguments.length == 5) {
      System.out.println("Listening on: nothing");
      Thread.sleep(60_000);
    }
    System.exit(arguments.length);
  }
}
JAVA
  cat >"$DIR/maven/bin/mvn" <<'MAVEN'
#!/usr/bin/env bash
[ "$1" != -v ] || { echo "Apache Maven 3.9.9" && exit; }
echo "chatter of Maven"
mkdir -p target/quarkus-app/app target/quarkus-app/lib/boot target/quarkus-app/lib/main target/classes
"$JAVA_HOME/bin/javac" -d target/classes src/main/Main.java &&
  "$JAVA_HOME/bin/jar" -c -f target/quarkus-app/app/a.jar -C target/classes . || exit
if [ -e libraries ]; then
  "$JAVA_HOME/bin/jar" -c -f target/quarkus-app/lib/boot/org.xerial.sqlite-jdbc-1.jar -C libraries .
fi
MAVEN
  chmod +x "$DIR/maven/bin/mvn"
}

bridge() { (cd "$DIR/elsewhere" && "$DIR/checkout/scripts/bridge" "$@"); }

test_arguments_folder_and_exit_status_are_the_programs_own() {
  a_checkout
  assert_equals "$(status bridge inspect "--db" "my file.db")" 3
  assert_equals "$(cat "$DIR/out")" "inspect|--db|my file.db
$DIR/elsewhere
$DIR/checkout/scripts/setup"
}

test_it_is_built_once_and_again_when_a_source_changes() {
  export MAVEN_HOME="$DIR/maven"
  an_unbuilt_checkout
  status bridge inspect
  assert_contains "$(cat "$DIR/err")" "build"
  status bridge inspect
  assert_equals "$(cat "$DIR/err")" ""
  sed -i.bak 's/arguments.length)/7)/' "$DIR/checkout/src/main/Main.java"
  assert_equals "$(status bridge inspect)" 7
}

test_a_release_runs_without_sources_and_Maven_and_makes_its_archive_of_classes_where_it_stands() {
  local release="$DIR/lightning-bridge-1.2.3"
  a_checkout
  echo '  <version>1.2.3</version>' >"$DIR/checkout/pom.xml"
  mkdir -p "$DIR/checkout/docs" "$DIR/checkout/python/locks"
  touch "$DIR/checkout/README.md" "$DIR/checkout/LICENSE"
  assert_equals "$(status "$DIR/checkout/scripts/package" --out "$DIR")" 0
  rm -rf "$DIR/checkout" "$DIR/maven"
  (cd "$DIR" && sha256sum --quiet -c lightning-bridge-1.2.3.tar.gz.sha256 && tar -xzf lightning-bridge-1.2.3.tar.gz)
  assert_equals "$(cd "$DIR/elsewhere" && status "$release/scripts/bridge" inspect here)" 2
  assert_equals "$(cat "$DIR/err")" ""
  assert_contains "$(ls "$release/app")" bridge.jsa
}

test_the_library_of_SQLite_is_unpacked_once_for_this_machine() {
  export MAVEN_HOME="$DIR/maven"
  an_unbuilt_checkout
  local libraries="$DIR/checkout/libraries/org/sqlite/native/Linux" application
  mkdir -p "$libraries/$(uname -m)" "$libraries/other"
  echo mine >"$libraries/$(uname -m)/libsqlitejdbc.so"
  echo other >"$libraries/other/libsqlitejdbc.so"
  status bridge models
  application="$(echo "$DIR"/checkout/target/bridge/*/)"
  assert_equals "$(cat "$application/libsqlitejdbc.so")" mine
  assert_lacks "$(ls "$application")" sqlite.
  assert_contains "$(cat "$DIR/out")" "SQLite: ${application%/}"
}

test_without_it_the_program_unpacks_it_by_itself() {
  a_checkout
  status bridge models
  assert_contains "$(cat "$DIR/out")" "SQLite: null"
}

test_a_build_that_fails_shows_its_output_and_starts_nothing() {
  a_checkout
  echo 'class {' >>"$DIR/checkout/src/main/Main.java"
  assert_equals "$(status bridge inspect)" 1
  assert_contains "$(cat "$DIR/err")" "Main.java:"
  assert_contains "$(cat "$DIR/err")" "error: mvn package failed"
  assert_equals "$(cat "$DIR/out")" ""
}

test_texts_outside_ASCII_survive_a_locale_that_has_none() {
  a_checkout
  status env -u LANG -u LC_CTYPE LC_ALL=C "$DIR/checkout/scripts/bridge" inspect "März → ✓.db"
  assert_equals "$(head -n 1 "$DIR/out")" "inspect|März → ✓.db"
}

test_it_works_through_a_link() {
  a_checkout
  ln -s ../checkout/scripts/bridge "$DIR/elsewhere/lb"
  assert_equals "$(cd "$DIR/elsewhere" && status ./lb export)" 1
}

test_commands_that_need_no_Python_say_nothing_of_it() {
  a_checkout
  for arguments in "inspect" "export" "optimize --engine java" "optimize --engine=java" "demo --help" "runs list"; do
    # shellcheck disable=SC2086 # several words
    status bridge $arguments
    assert_equals "$(cat "$DIR/err")" ""
  done
}

# Is the JVM's optimising compiler, which pays only after seconds, on?
optimises() {
  status env JAVA_TOOL_OPTIONS=-XX:+PrintFlagsFinal "$DIR/checkout/scripts/bridge" "$@" >/dev/null
  grep -q ' TieredStopAtLevel  *= 4 ' "$DIR/out" && echo yes || echo no
}

test_only_long_commands_and_large_databases_get_the_optimising_compiler() {
  a_checkout
  echo >"$DIR/small.db"
  head -c 140000000 /dev/zero >"$DIR/large.db"
  assert_equals "$(optimises export --db "$DIR/small.db")" no
  assert_equals "$(optimises export --db "$DIR/large.db")" yes
  assert_equals "$(optimises export "--db=$DIR/large.db")" yes
  assert_equals "$(optimises export --help --db "$DIR/large.db")" no
  assert_equals "$(optimises sandbox --help)" no
}

test_the_server_starts_once_before_its_first_start_to_keep_its_classes_where_the_JDK_can() {
  a_checkout
  export JAVA_TOOL_OPTIONS=-XX:+PrintFlagsFinal
  assert_equals "$(status bridge serve)" 1
  . "$ROOT/scripts/lib/find.sh"
  find_jdk
  if [ "$(jdk_version "$JDK_HOME")" -lt 25 ]; then
    assert_lacks "$(ls "$DIR"/checkout/target/bridge/*/)" bridge.aot
    return
  fi
  assert_contains "$(ls "$DIR"/checkout/target/bridge/*/)" bridge.aot
  assert_contains "$(cat "$DIR/err")" "preparing its start, once"
  assert_contains "$(cat "$DIR/out")" "/bridge.aot"
  assert_equals "$(status bridge serve)" 1
  assert_lacks "$(cat "$DIR/err")" "preparing"
}

test_optimize_without_Python_says_so_and_leaves_the_choice_to_the_program() {
  a_checkout
  for arguments in "optimize" "demo" "runs resume" "--home x optimize"; do
    # shellcheck disable=SC2086 # several words
    assert_equals "$(status bridge $arguments)" "$(wc -w <<<"$arguments" | tr -d ' ')"
    assert_contains "$(cat "$DIR/err")" "The agentlightning engine is not available"
  done
}

test_a_signal_reaches_the_program_itself() {
  a_checkout
  (cd "$DIR/elsewhere" && exec "$DIR/checkout/scripts/bridge" sandbox) >"$DIR/out" &
  local pid=$! tries=0 code=0
  until [ -s "$DIR/out" ] || [ "$((tries += 1))" -gt 100 ]; do sleep 0.1; done
  kill -TERM "$pid"
  wait "$pid" || code=$?
  assert_equals "$code" 143
}

run_tests
