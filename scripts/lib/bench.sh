# What benchmarks and tests of the running server share. Sourced after build.sh.

# need_test_classes: compiles program and tests, goes to the root and sets TEST_CLASSPATH.
need_test_classes() {
  need jdk maven || return
  cd "$ROOT" || return
  maven_environment
  "$MVN" -B -q -ntp test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/bench-classpath >&2 || return
  TEST_CLASSPATH="target/classes:target/test-classes:$(cat target/bench-classpath)"
}

# test_java ARGUMENT...: a JVM with program and tests.
test_java() {
  "$JDK_HOME/bin/java" --enable-native-access=ALL-UNNAMED \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$TEST_CLASSPATH" "$@"
}

# start_server LOG OPTION...: starts `bridge serve` and waits until it listens; sets SERVER, its
# process, and SERVER_URL. Needs the application.
start_server() {
  local log=$1 option options=()
  shift
  : >"$log" # it is read before the server's process has begun
  while IFS= read -r option; do options+=("$option"); done < <(server_options)
  "$JDK_HOME/bin/java" "${options[@]}" dev.lightningbridge.cli.Main serve "$@" >"$log" 2>&1 &
  SERVER=$!
  for _ in $(seq 120); do
    SERVER_URL="$(sed -n 's/.*Listening on: \(http[^ ]*\).*/\1/p' "$log")"
    [ -z "$SERVER_URL" ] || return 0
    sleep 0.5
  done
  cat "$log" >&2
  return 1
}

# stop_server: ends the one that was started, if any.
stop_server() {
  [ -z "${SERVER:-}" ] || kill "$SERVER" 2>/dev/null || true
  wait
}
