# The Python environment of the agentlightning engine. Sourced after find.sh.
#
# It lives in the cache folder under a name made from all that it is made of, so that clones share
# it and a new lock makes a new one. It is whole when it holds the file .complete, written last: one
# without that was broken off, and is made again from the packages that pip or uv kept.

readonly ENVIRONMENT_LAYOUT=1 ENVIRONMENT_MEGABYTES=1200

# find_environment LOCKS: sets APO_ENV and APO_ENV_OK for the Python found; LOCKS is a folder with
# the hash-locked lists apo.txt (wheels) and built.txt (compiled here).
find_environment() {
  local locks=$1 key
  APO_ENV_OK=0 APO_ENV='' APO_ENV_DETAIL="not made"
  if [ -n "${LIGHTNING_BRIDGE_APO_ENV:-}" ]; then
    APO_ENV=$LIGHTNING_BRIDGE_APO_ENV APO_ENV_DETAIL="$APO_ENV (LIGHTNING_BRIDGE_APO_ENV)"
    if [ -e "$APO_ENV/.complete" ]; then
      APO_ENV_OK=1
    else
      APO_ENV_DETAIL="LIGHTNING_BRIDGE_APO_ENV=$APO_ENV is no finished environment"
    fi
  elif [ "$PYTHON_OK" = 1 ]; then
    key="$( (cat "$locks/apo.txt" "$locks/built.txt" && echo "$ENVIRONMENT_LAYOUT $PYTHON_BINARY $(uname -sm)") | sha256)"
    APO_ENV="$(cache_folder)/env/apo-$PYTHON_MINOR-${key:0:12}"
    if [ -e "$APO_ENV/.complete" ]; then
      APO_ENV_OK=1 APO_ENV_DETAIL=$APO_ENV
    elif [ -e "$APO_ENV" ]; then
      APO_ENV_DETAIL="$APO_ENV was broken off"
    fi
  else
    APO_ENV_DETAIL="no Python to make it with"
  fi
  [ "$APO_ENV_OK" = 1 ]
}

# make_environment LOCKS: makes what find_environment did not find.
make_environment() {
  need_folder "$(cache_folder)/env" || return
  with_lock "$APO_ENV.lock" fill_environment "$1"
}

fill_environment() {
  local locks=$1 log="$APO_ENV.log" uv megabytes started=$SECONDS
  if [ -e "$APO_ENV/.complete" ]; then return 0; fi
  megabytes="$(df -Pm "$(cache_folder)" | awk 'NR == 2 { print $4 }')"
  if [ "$megabytes" -lt "$ENVIRONMENT_MEGABYTES" ]; then
    say "error: the environment needs $ENVIRONMENT_MEGABYTES MB; there are $(free_space "$APO_ENV")."
    say "  Make room, or set LIGHTNING_BRIDGE_CACHE to a folder with more, and run this again."
    return "$EXIT_ENVIRONMENT"
  fi
  if [ -e "$APO_ENV" ]; then
    step environment "an earlier set-up was broken off; making it anew"
    rm -rf "$APO_ENV" || return
  fi
  uv="$(find_uv)" || uv=''
  step environment "agentlightning 0.3.0 for Python $PYTHON_MINOR with ${uv:-pip}, once; 1 to 4 minutes, 900 MB"
  if [ -n "$uv" ]; then
    logged "$log" "making a Python environment" \
      "$uv" venv -q --no-project --no-python-downloads --python "$PYTHON_BINARY" "$APO_ENV" || return
  else
    logged "$log" "making a Python environment" "$PYTHON_BINARY" -m venv "$APO_ENV" || return
  fi
  locked_install "$log" "fetching the locked packages" "$uv" "$locks/apo.txt" \
    --only-binary :all: || return
  if [ -s "$locks/built.txt" ]; then
    step environment "compiling jep for $(basename "$PYTHON_BINARY")"
    JAVA_HOME=$JDK_HOME locked_install "$log" "compiling jep and gpustat" "$uv" "$locks/built.txt" \
      --no-build-isolation --no-binary jep --no-binary gpustat || return
    logged "$log" "starting Python inside a JVM" embedded_python_answers || return
  fi
  # Once here instead of at each start; what does not compile is never imported.
  "$APO_ENV/bin/python" -m compileall -q -j 0 "$APO_ENV/lib" >"$log" 2>&1 </dev/null || true
  touch "$APO_ENV/.complete" || return
  rm -f "$log"
  step environment "made in $((SECONDS - started)) s"
}

find_uv() {
  command -v uv || { [ -x "$HOME/.local/bin/uv" ] && printf '%s' "$HOME/.local/bin/uv"; }
}

# locked_install LOG WHAT UV LIST OPTION...: installs what a hash-locked list names and no more.
locked_install() {
  local log=$1 what=$2 uv=$3 list=$4
  shift 4
  if [ -n "$uv" ]; then
    logged "$log" "$what" "$uv" pip install -q --python "$APO_ENV/bin/python" --no-deps \
      --require-hashes "$@" -r "$list"
  else
    # uv makes environments without pip.
    "$APO_ENV/bin/python" -m pip --version >/dev/null 2>&1 ||
      logged "$log" "bringing in pip" "$APO_ENV/bin/python" -m ensurepip || return
    logged "$log" "$what" "$APO_ENV/bin/python" -m pip install -q --disable-pip-version-check \
      --no-input --no-compile --no-deps --require-hashes "$@" -r "$list"
  fi
}

# The proof that JDK, jep and Python fit: a JVM runs a Python script in the environment.
embedded_python_answers() {
  local jep script="$APO_ENV/.embedded.py" answer
  jep="$(dirname "$(ls "$APO_ENV"/lib/python*/site-packages/jep/jep-*.jar)")" || return
  echo 'import sys; print("prefix", sys.prefix, flush=True)' >"$script"
  answer="$(VIRTUAL_ENV="$APO_ENV" PATH="$APO_ENV/bin:$PATH" "$JDK_HOME/bin/java" \
    --enable-native-access=ALL-UNNAMED -Djava.library.path="$jep" -cp "$jep/*" jep.Run "$script")" || return
  echo "$answer"
  rm -f "$script"
  [ "$answer" = "prefix $APO_ENV" ]
}

# need_tools NAME LIST: sets TOOLS to an environment of wheels for one tool, made once in the cache.
need_tools() {
  need python || return
  need_folder "$(cache_folder)/env" || return
  TOOLS="$(cache_folder)/env/$1-$PYTHON_MINOR-$(sha256 <"$2" | cut -c 1-12)"
  with_lock "$TOOLS.lock" fill_tools "$1" "$2"
}

fill_tools() {
  if [ -e "$TOOLS/.complete" ]; then return 0; fi
  rm -rf "$TOOLS"
  step "$1" "an environment for it, once"
  logged "$TOOLS.log" "making a Python environment" "$PYTHON_BINARY" -m venv "$TOOLS" &&
    APO_ENV=$TOOLS locked_install "$TOOLS.log" "fetching $1" '' "$2" --only-binary :all: &&
    touch "$TOOLS/.complete"
}

# need_test_tools LIST: adds what only tests need, once; one that the user named is left as it is.
need_test_tools() {
  local mark
  [ -z "${LIGHTNING_BRIDGE_APO_ENV:-}" ] || return 0
  mark="$APO_ENV/.tests-$(sha256 <"$1" | cut -c 1-12)"
  [ -e "$mark" ] || with_lock "$APO_ENV.lock" add_test_tools "$1" "$mark"
}

add_test_tools() {
  if [ -e "$2" ]; then return 0; fi
  step environment "adding pytest and shellcheck"
  locked_install "$APO_ENV.log" "fetching the test tools" "$(find_uv || true)" "$1" --only-binary :all: &&
    rm -f "$APO_ENV.log" && touch "$2"
}
