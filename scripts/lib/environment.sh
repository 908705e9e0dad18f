# The Python environments of engine, trainers and local model. Sourced after find.sh.
#
# They live in the cache folder under names made from all that they are made of, so that clones share
# them and a new lock makes a new one. One is whole when it holds the file .complete, written last: one
# without that was broken off, and is made again from the packages that pip or uv kept.

readonly ENVIRONMENT_LAYOUT=1
# What scripts/setup makes only when it is asked to.
readonly EXTRA_ENVIRONMENTS="rl-gateway rl tune local-model"

# about_environment KIND: sets what is special about it. Its lists in python/locks are KIND.txt
# (wheels) and, where there are any, KIND-built.txt (compiled here against the wheels).
about_environment() {
  ENV_MINORS=$PYTHON_MINORS ENV_WITH="--with ${1%-gateway}"
  case $1 in
    apo)
      ENV_HOLDS="agentlightning 0.3.0" ENV_MEGABYTES=1200 ENV_COST="1 to 4 minutes, 900 MB" ENV_WITH=''
      ENV_WITHOUT="The agentlightning engine is not available; inspect, export and the java engine are."
      ;;
    rl-gateway)
      # agentlightning 1.0 asks for 3.12.
      ENV_MINORS=3.12 ENV_HOLDS="agentlightning 1.0.2, gateway and agents" ENV_MEGABYTES=200 ENV_COST="half a minute, 100 MB"
      ENV_WITHOUT="Training with --algorithm rl is not available; all else is."
      ;;
    rl)
      # The trainer's numpy 1.26 has no wheels for 3.13.
      ENV_MINORS=3.12 ENV_HOLDS="verl 0.8.0 with torch and CUDA's libraries" ENV_MEGABYTES=14000 ENV_COST="3 to 20 minutes, 6 GB (3 GB to fetch)"
      ENV_WITHOUT="Training with --algorithm rl is not available; all else is."
      ;;
    rl-full-stack)
      # Not for users: scripts/bench/rl-full-stack makes it.
      ENV_MINORS=3.12 ENV_HOLDS="the rl environment with vLLM for CPUs" ENV_MEGABYTES=15000 ENV_COST="1 to 20 minutes, 7 GB (3 GB to fetch)"
      ENV_WITHOUT="scripts/bench/rl-full-stack cannot run; all else can."
      ;;
    local-model)
      ENV_HOLDS="llama.cpp's server and Gemma 3 270M" ENV_MEGABYTES=700 ENV_COST="half a minute, 550 MB (280 MB to fetch)"
      ENV_WITHOUT="demo and sandbox --local-model and scripts/bench/real are not available; all else is."
      ;;
    tune)
      ENV_HOLDS="TRL with torch and CUDA's libraries" ENV_MEGABYTES=14000 ENV_COST="3 to 20 minutes, 6 GB (3 GB to fetch)"
      ENV_WITHOUT="Training with --algorithm sft and dpo is not available; all else is."
      ;;
  esac
}

# environment_variable KIND: the variable that names it, to the user and to the application.
environment_variable() { printf 'LIGHTNING_BRIDGE_%s_ENV' "$(tr 'a-z-' 'A-Z_' <<<"$1")"; }

# find_environment KIND LOCKS: for the Python found, sets ENV (its folder), ENV_OK and ENV_DETAIL,
# and the same under its own name: APO_ENV, RL_GATEWAY_ENV, and so on.
find_environment() {
  local kind=$1 locks=$2 variable name
  variable="$(environment_variable "$kind")"
  name=${variable#LIGHTNING_BRIDGE_}
  about_environment "$kind"
  ENV_OK=0 ENV='' ENV_DETAIL="not made"
  if [ -n "${!variable:-}" ]; then
    ENV=${!variable} ENV_DETAIL="${!variable} ($variable)"
    if [ -e "$ENV/.complete" ]; then ENV_OK=1; else ENV_DETAIL="$variable=$ENV is no finished environment"; fi
  elif [ "$PYTHON_OK" != 1 ]; then
    ENV_DETAIL="no Python to make it with"
  elif case " $ENV_MINORS " in *" $PYTHON_MINOR "*) false ;; esac then
    ENV_DETAIL="it needs Python $ENV_MINORS, not $PYTHON_MINOR"
  else
    ENV="$(cache_folder)/env/$kind-$PYTHON_MINOR-$(environment_key "$kind" "$locks")"
    if [ -e "$ENV/.complete" ]; then
      ENV_OK=1 ENV_DETAIL=$ENV
    elif [ -e "$ENV" ]; then
      ENV_DETAIL="$ENV was broken off"
    fi
  fi
  printf -v "$name" %s "$ENV"
  printf -v "${name}_OK" %s "$ENV_OK"
  printf -v "${name}_DETAIL" %s "$ENV_DETAIL"
  [ "$ENV_OK" = 1 ]
}

environment_key() {
  local built="$2/$1-built.txt"
  [ -e "$built" ] || built=/dev/null
  (cat "$2/$1.txt" "$built" && echo "$ENVIRONMENT_LAYOUT $PYTHON_BINARY $(uname -sm)") | sha256 | cut -c 1-12
}

# make_environment KIND LOCKS: makes what find_environment, called for it last, did not find.
make_environment() {
  need_folder "$(cache_folder)/env" || return
  with_lock "$ENV.lock" fill_environment "$@"
}

fill_environment() {
  local kind=$1 locks=$2 log="$ENV.log" uv megabytes started=$SECONDS built
  if [ -e "$ENV/.complete" ]; then return 0; fi
  megabytes="$(df -Pm "$(cache_folder)" | awk 'NR == 2 { print $4 }')"
  if [ "$megabytes" -lt "$ENV_MEGABYTES" ]; then
    say "error: the environment needs $ENV_MEGABYTES MB; there are $(free_space "$ENV")."
    say "  Make room, or set LIGHTNING_BRIDGE_CACHE to a folder with more, and run this again."
    return "$EXIT_ENVIRONMENT"
  fi
  if [ -e "$ENV" ]; then
    step "$kind" "an earlier set-up was broken off; making it anew"
    rm -rf "$ENV" || return
  fi
  uv="$(find_uv)" || uv=''
  step "$kind" "$ENV_HOLDS for Python $PYTHON_MINOR with ${uv:-pip}, once; $ENV_COST"
  if [ -n "$uv" ]; then
    logged "$log" "making a Python environment" \
      "$uv" venv -q --no-project --no-python-downloads --python "$PYTHON_BINARY" "$ENV" || return
  else
    logged "$log" "making a Python environment" "$PYTHON_BINARY" -m venv "$ENV" || return
  fi
  locked_install "$ENV" "$log" "fetching the locked packages" "$uv" "$locks/$kind.txt" \
    --only-binary :all: || return
  built="$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' "$locks/$kind-built.txt" 2>/dev/null || true)"
  if [ -n "$built" ]; then
    built=${built//$'\n'/ }
    step "$kind" "compiling $built for $(basename "$PYTHON_BINARY")"
    # shellcheck disable=SC2046,SC2086 # lists of words
    JAVA_HOME=$JDK_HOME locked_install "$ENV" "$log" "compiling $built" "$uv" "$locks/$kind-built.txt" \
      --no-build-isolation $(printf -- '--no-binary %s ' $built) || return
    case " $built " in
      *" jep "*) logged "$log" "starting Python inside a JVM" embedded_python_answers || return ;;
    esac
  fi
  # Once here instead of at each start; what does not compile is never imported.
  "$ENV/bin/python" -m compileall -q -j 0 "$ENV/lib" >"$log" 2>&1 </dev/null || true
  touch "$ENV/.complete" || return
  rm -f "$log"
  step "$kind" "made in $((SECONDS - started)) s"
}

find_uv() {
  command -v uv || { [ -x "$HOME/.local/bin/uv" ] && printf '%s' "$HOME/.local/bin/uv"; }
}

# locked_install FOLDER LOG WHAT UV LIST OPTION...: installs into the environment in FOLDER what a
# hash-locked list names and no more.
locked_install() {
  local folder=$1 log=$2 what=$3 uv=$4 list=$5
  shift 5
  if [ -n "$uv" ]; then
    logged "$log" "$what" "$uv" pip install -q --python "$folder/bin/python" --no-deps \
      --require-hashes "$@" -r "$list"
  else
    # uv makes environments without pip.
    "$folder/bin/python" -m pip --version >/dev/null 2>&1 ||
      logged "$log" "bringing in pip" "$folder/bin/python" -m ensurepip || return
    logged "$log" "$what" "$folder/bin/python" -m pip install -q --disable-pip-version-check \
      --no-input --no-compile --no-deps --require-hashes "$@" -r "$list"
  fi
}

# The proof that JDK, jep and Python fit: a JVM runs a Python script in the environment.
embedded_python_answers() {
  local jep script="$ENV/.embedded.py" answer
  jep="$(dirname "$(ls "$ENV"/lib/python*/site-packages/jep/jep-*.jar)")" || return
  echo 'import sys; print("prefix", sys.prefix, flush=True)' >"$script"
  answer="$(VIRTUAL_ENV="$ENV" PATH="$ENV/bin:$PATH" "$JDK_HOME/bin/java" \
    --enable-native-access=ALL-UNNAMED -Djava.library.path="$jep" -cp "$jep/*" jep.Run "$script")" || return
  echo "$answer"
  rm -f "$script"
  [ "$answer" = "prefix $ENV" ]
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
    locked_install "$TOOLS" "$TOOLS.log" "fetching $1" '' "$2" --only-binary :all: &&
    touch "$TOOLS/.complete"
}

# need_test_tools LIST: adds to the APO environment what only tests need, once; one that the user
# named is left as it is.
need_test_tools() {
  local mark
  [ -z "${LIGHTNING_BRIDGE_APO_ENV:-}" ] || return 0
  mark="$APO_ENV/.tests-$(sha256 <"$1" | cut -c 1-12)"
  [ -e "$mark" ] || with_lock "$APO_ENV.lock" add_test_tools "$1" "$mark"
}

add_test_tools() {
  if [ -e "$2" ]; then return 0; fi
  step apo "adding pytest, ruff and shellcheck"
  locked_install "$APO_ENV" "$APO_ENV.log" "fetching the test tools" "$(find_uv || true)" "$1" \
    --only-binary :all: && rm -f "$APO_ENV.log" && touch "$2"
}
