# Words to the user, folders and locks, for every script. Sourced; needs nothing but bash 3.2.
# All talk goes to standard error: standard output belongs to the command that is run.

# Kept free of the caller's Python settings: they would change what is installed and where.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE PYTHONSTARTUP PIP_TARGET PIP_USER PIP_PREFIX
HOME="${HOME:-$(printf '%s' ~)}"
export HOME

readonly EXIT_FAILED=1 EXIT_USAGE=2 EXIT_ENVIRONMENT=6

say() { printf '%s\n' "$*" >&2; }

# step NAME DETAIL: the one line of a step.
step() { printf '  %-12s %s\n' "$1" "$2" >&2; }

# cache_folder: where environments are kept, shared by all clones of a user.
cache_folder() {
  printf '%s' "${LIGHTNING_BRIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/lightning-bridge}"
}

# need_folder FOLDER: makes it, or says which variable names another place.
need_folder() {
  if mkdir -p "$1" 2>/dev/null && [ -w "$1" ]; then return 0; fi
  say "error: $1 cannot be written ($(free_space "$1"))."
  say "  Set LIGHTNING_BRIDGE_CACHE to a folder that you can write to, and run this again."
  return "$EXIT_ENVIRONMENT"
}

# free_space PATH: what is free on its disk, for messages.
free_space() {
  local path=$1
  while [ ! -e "$path" ]; do path="$(dirname "$path")"; done
  df -Ph "$path" 2>/dev/null | awk 'NR == 2 { print $4 " free on " $6 }'
}

# sha256: the hash of standard input.
sha256() {
  if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1
}

# with_lock FILE COMMAND...: one process at a time. The lock is the kernel's: it goes with the last
# process that holds it, so a killed set-up leaves none behind, and one whose pip still runs does.
with_lock() {
  local file=$1 status=0
  shift
  if command -v flock >/dev/null; then
    (
      flock -n 9 || { step waiting "for another set-up or build to end ($file)" && flock 9; }
      "$@"
    ) 9>"$file"
    return
  fi
  until mkdir "$file.held" 2>/dev/null; do
    kill -0 "$(cat "$file.held/pid" 2>/dev/null || echo $$)" 2>/dev/null || rm -rf "$file.held"
    sleep 1
  done
  echo $$ >"$file.held/pid"
  ("$@") || status=$?
  rm -rf "$file.held"
  return "$status"
}

# logged LOG WHAT COMMAND...: runs quietly; where it fails, says what failed, why and what to do.
logged() {
  local log=$1 what=$2 status=$EXIT_ENVIRONMENT
  shift 2
  if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
  tail -n 25 "$log" | sed 's/^/    /' >&2
  say "error: $what failed (its whole output: $log)."
  if grep -qiE 'no space left|disk quota|ENOSPC|os error 28' "$log"; then
    say "  The disk is full: $(free_space "$log"). Make room and run this again: it goes on."
  elif grep -qiE 'PKIX|certificate.?verify.?failed|invalid peer certificate' "$log"; then
    say "  The registry's certificate is not trusted: behind a company's proxy, its CA must be known to the"
    say "  JDK (keytool -importcert -cacerts), to pip (PIP_CERT) and to uv (SSL_CERT_FILE)."
  elif grep -qiE 'name resolution|resolve host|dns error|unreachable|connection (refused|reset|error)|timed out|NewConnectionError|error sending request|could not connect|transfer artifact|from versions: none' "$log"; then
    say "  The network or the package registry did not answer. Run this again when it does: it goes on."
  else
    say "  Mend what it says and run this again: it goes on."
    status=$EXIT_FAILED
  fi
  return "$status"
}

# at_least VERSION WANTED: compares dotted versions.
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)" = "$2" ]
}
