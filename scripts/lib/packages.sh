# What the system's package manager can bring, and the one command for what it cannot bring by
# itself. Sourced after find.sh; works on what the finders found.

readonly APT=(apt-get -y -q -o DPkg::Lock::Timeout=120)

can_install() {
  [ "${LIGHTNING_BRIDGE_INSTALL:-yes}" != no ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
    grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null
}

# known_package NAME...: the first that apt can install.
known_package() {
  local name
  for name in "$@"; do
    if apt-cache policy "$name" 2>/dev/null | grep -q '^  Candidate: [^(]'; then
      printf '%s' "$name"
      return 0
    fi
  done
  return 1
}

# apt_packages NEED: what brings it here; fails where apt has nothing that fits.
apt_packages() {
  local minor name
  case $1 in
    jdk) known_package openjdk-25-jdk-headless openjdk-21-jdk-headless ;;
    maven) known_package maven ;;
    gcc) known_package gcc && printf ' libc6-dev' ;;
    python)
      for minor in $PYTHON_MINORS; do
        if name="$(known_package "python$minor-dev")"; then
          printf '%s python%s-venv' "$name" "$minor"
          return 0
        fi
      done
      return 1
      ;;
  esac
}

# install NEED...: by apt, as root on Debian or Ubuntu. Looks the lists up anew only where a name is
# not known, or where what they name is gone.
install() {
  local need names log packages=()
  [ $# -gt 0 ] || return 0
  log="$(mktemp)"
  for need in "$@"; do
    if ! names="$(apt_packages "$need")" && [ -z "${APT_UPDATED:-}" ]; then
      step apt "looking up what there is"
      "${APT[@]}" update >"$log" 2>&1 || true
      APT_UPDATED=1
      names="$(apt_packages "$need")" || true
    fi
    # shellcheck disable=SC2206 # several names
    packages+=(${names:-})
  done
  if [ "${#packages[@]}" -gt 0 ]; then
    step apt "installing ${packages[*]}"
    if ! DEBIAN_FRONTEND=noninteractive "${APT[@]}" install --no-install-recommends "${packages[@]}" >"$log" 2>&1; then
      "${APT[@]}" update >"$log" 2>&1 || true
      DEBIAN_FRONTEND=noninteractive logged "$log" "apt-get install ${packages[*]}" \
        "${APT[@]}" install --no-install-recommends "${packages[@]}" || return
    fi
  fi
  rm -f "$log"
}

# remedy NEED...: the one command to be run by the user for all that is named.
remedy() {
  local need names='' rest='' found
  if command -v apt-get >/dev/null; then
    for need in "$@"; do
      if found="$(apt_packages "$need")"; then names="$names $found"; else rest="$rest $need"; fi
    done
    if [ -n "$names" ]; then printf 'sudo apt-get update && sudo apt-get install -y%s' "$names"; fi
  elif command -v brew >/dev/null; then
    for need in "$@"; do
      case $need in
        jdk) names="$names openjdk@25" ;;
        maven) names="$names maven" ;;
        gcc) names="$names gcc" ;;
        python) names="$names python@3.12" ;;
      esac
    done
    printf 'brew install%s' "$names"
  elif command -v dnf >/dev/null; then
    for need in "$@"; do
      case $need in
        jdk) names="$names java-latest-openjdk-devel" ;;
        python) names="$names python3.12-devel" ;;
        *) names="$names $need" ;;
      esac
    done
    printf 'sudo dnf install -y%s' "$names"
  else
    rest=" $*"
  fi
  [ -z "$rest" ] || without_packages "${names:+ && }" "$rest"
}

# without_packages PREFIX NEEDS: commands that need no system package, else plain words.
without_packages() {
  local need prefix=$1
  for need in $2; do
    printf '%s' "$prefix"
    prefix=' && '
    case $need in
      jdk) printf 'sdk install java 25-tem' ;;
      maven) printf 'sdk install maven' ;;
      python) printf 'uv python install 3.12' ;;
      gcc) printf 'xcode-select --install' ;;
    esac
  done
}
