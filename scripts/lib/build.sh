# Builds the application for scripts/bridge. Sourced after requirements.sh.
#
# Each state of the sources has its own copy, target/bridge/HASH: a command that runs on (a server,
# a run that will yet start its worker) keeps its class files while a newer state is built.

# All that goes into the jars.
readonly SOURCES=(src/main python/lightning_bridge pom.xml .mvn)

# A server that idles gives memory back; by itself the JVM begins with a 64th of the machine's, and
# lets garbage grow to a quarter. 20 runs and 200 watchers need a sixth of these 256 MB.
readonly SERVER_MEMORY=(-XX:+UseSerialGC -Xms24m "-Xmx${LIGHTNING_BRIDGE_SERVER_HEAP:-256m}" -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40)

# find_application: sets APPLICATION to the folder for the sources as they are; fails where not built.
# A release has it built already, and no sources.
find_application() {
  local hash
  APPLICATION="$ROOT/app"
  if [ -e "$APPLICATION/.complete" ]; then return 0; fi
  hash="$(cd "$ROOT" && find "${SOURCES[@]}" -type f ! -name "*.pyc" -exec cksum {} + | LC_ALL=C sort | sha256)"
  APPLICATION="$ROOT/target/bridge/${hash:0:16}"
  [ -e "$APPLICATION/.complete" ]
}

# need_application: builds it where it is not built.
need_application() {
  if find_application; then
    # The archive of classes holds for one place and one JDK: a release makes its own.
    if [ ! -e "$APPLICATION/bridge.jsa" ] && [ "$APPLICATION" = "$ROOT/app" ] && [ -w "$APPLICATION" ]; then
      prepare_application
    fi
    return 0
  fi
  need maven || return
  mkdir -p "$ROOT/target/bridge" || return
  with_lock "$ROOT/target/bridge.lock" build_application
}

build_application() {
  local log="$ROOT/target/bridge.log" started=$SECONDS
  if [ -e "$APPLICATION/.complete" ]; then return 0; fi
  step build "compiling Lightning Bridge; the first time Maven fetches what it needs"
  cd "$ROOT" || return
  maven_environment
  logged "$log" "mvn package" "$MVN" -B -q -ntp package -Dmaven.test.skip=true || return
  keep_application || return
  step build "done in $((SECONDS - started)) s"
}

# keep_application: puts what Maven built where find_application looks.
keep_application() {
  rm -rf "$APPLICATION" || return
  mkdir -p "$ROOT/target/bridge" || return
  cp -R "$ROOT/target/quarkus-app" "$APPLICATION" || return
  prepare_application
  touch "$APPLICATION/.complete" || return
  forget_old_applications
}

# application_classpath: in the JVM's words; the archive of classes holds for this very text.
application_classpath() {
  printf '%s' "$APPLICATION/lib/boot/*:$APPLICATION/lib/main/*:$APPLICATION/app/*"
}

# prepare_application: what holds for one place and one machine, and makes every start shorter.
prepare_application() {
  unpack_sqlite
  share_classes
}

# unpack_sqlite: SQLite's library, which each command would otherwise unpack anew: a tenth of a short one's time.
# Without it all works too.
unpack_sqlite() {
  local library place
  [ "$(uname -s)" = Linux ] || return 0
  library="org/sqlite/native/Linux/$(uname -m)/libsqlitejdbc.so"
  place="$(mktemp -d "$APPLICATION/sqlite.XXXXXX")" || return 0
  (cd "$place" && "$JDK_HOME/bin/jar" -x -f ../lib/boot/org.xerial.sqlite-jdbc-*.jar "$library" &&
    mv "$library" "$APPLICATION") 2>/dev/null || true
  rm -rf "$place"
}

# sqlite_options: where it is, as lines.
sqlite_options() {
  if [ -e "$APPLICATION/libsqlitejdbc.so" ]; then
    printf '%s\n' "-Dorg.sqlite.lib.path=$APPLICATION" -Dorg.sqlite.lib.name=libsqlitejdbc.so
  fi
}

# share_classes: loads once what every command loads and keeps it as the JVM wants it, which saves a
# third of a short command's time. Without it all works too. Words that a file holds name no command by
# themselves, so that all are built and kept; an error in JSON needs Jackson's classes.
share_classes() {
  printf '%s\n' inspect --db /nowhere/none >"$APPLICATION/words"
  "$JDK_HOME/bin/java" -XX:ArchiveClassesAtExit="$APPLICATION/bridge.jsa" -Xlog:disable \
    --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp "$(application_classpath)" \
    dev.lightningbridge.cli.Main "@$APPLICATION/words" --json >/dev/null 2>&1 || true
  rm -f "$APPLICATION/words"
}

# server_options: what every start of the server has in common, as lines: an archive of classes holds for
# these alone. The server's classes lie flat on the class path, since the JVM archives none that a class
# loader of Quarkus' own finds; the transformed ones go before those that they were made from.
server_options() {
  printf '%s\n' -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 --enable-native-access=ALL-UNNAMED "${SERVER_MEMORY[@]}" \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    -cp "$APPLICATION/quarkus/generated-bytecode.jar:$APPLICATION/quarkus/transformed-bytecode.jar:$(application_classpath)"
  sqlite_options
  if [ -e "$APPLICATION/bridge.aot" ]; then printf '%s\n' "-XX:AOTCache=$APPLICATION/bridge.aot" -Xlog:disable; fi
}

# need_fast_server: from JDK 25 on, starts the server once and keeps its classes loaded and linked
# (JEP 483, 514): a start takes half the processor's time then. Without it all works too.
need_fast_server() {
  local cache="$APPLICATION/bridge.aot"
  if [ -e "$cache" ] || [ ! -w "$APPLICATION" ] || [ "$(jdk_version "$JDK_HOME")" -lt 25 ]; then return 0; fi
  with_lock "$APPLICATION/server.lock" train_server "$cache"
}

train_server() {
  local cache=$1 place server option options=()
  if [ -e "$cache" ]; then return 0; fi
  step server "preparing its start, once"
  place="$(mktemp -d)" || return 0
  while IFS= read -r option; do options+=("$option"); done < <(server_options)
  # Without the user's settings, so that it opens no database of theirs.
  env -i PATH="$PATH" HOME="$place" LC_ALL=C.UTF-8 "$JDK_HOME/bin/java" -XX:AOTCacheOutput="$place/bridge.aot" \
    "${options[@]}" dev.lightningbridge.cli.Main serve --home "$place/home" --port 0 >"$place/log" 2>&1 </dev/null &
  server=$!
  for _ in $(seq 600); do
    if grep -q 'Listening on' "$place/log" || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  kill "$server" 2>/dev/null || true
  wait "$server" || true
  if [ -e "$place/bridge.aot" ]; then mv "$place/bridge.aot" "$cache.part" && mv "$cache.part" "$cache"; fi
  rm -rf "$place"
}

# Keeps the three newest: an older one is not likely to be running.
forget_old_applications() {
  local folder
  # shellcheck disable=SC2012 # the names are hashes
  ls -1dt "$ROOT"/target/bridge/*/ | tail -n +4 | while IFS= read -r folder; do rm -rf "$folder"; done
}

# maven_environment: the JDK found, and no warnings about what Maven's own libraries do.
maven_environment() {
  export JAVA_HOME=$JDK_HOME
  if [ "$(jdk_version "$JDK_HOME")" -ge 24 ]; then
    export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
  fi
}
