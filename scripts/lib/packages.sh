# What the system's package manager can bring, and the one command for what it cannot bring by
# itself. Sourced after find.sh; works on what the finders found.

readonly APT=(apt-get -y -q -o DPkg::Lock::Timeout=120)

can_install() {
  [ "${LIGHTNING_BRIDGE_INSTALL:-yes}" != no ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null &&
    grep -qE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release 2>/dev/null
}

# known_package NAME...: the first that apt can install.
known_package() {
  local known
  known="$(apt-cache policy "$@" 2>/dev/null |
    awk '/^[^ ]/ { name = $1 } /^  Candidate: [^(]/ { print substr(name, 1, length(name) - 1) }')"
  [ -n "$known" ] && printf '%s' "${known%%$'\n'*}"
}

# apt_packages NEED: what brings it here; fails where apt has nothing that fits.
apt_packages() {
  local name
  case $1 in
    jdk) known_package openjdk-25-jdk-headless openjdk-21-jdk-headless ;;
    maven) known_package maven ;;
    gcc) known_package gcc && printf ' libc6-dev' ;;
    python)
      # shellcheck disable=SC2046,SC2086 # several names
      name="$(known_package $(printf 'python%s-dev ' $PYTHON_MINORS))" &&
        printf '%s %s-venv' "$name" "${name%-dev}"
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

# remedy NEED...: the one command to be run by the user for all that is named; in words where no
# command would do.
remedy() {
  local need found names='' rest=''
  for need in "$@"; do
    if found="$(package_of "$need")"; then names="$names $found"; else rest="$rest$(by_hand "$need")"; fi
  done
  if [ -n "$names" ]; then
    printf '%s%s' "$(package_command)" "$names"
    [ -z "$rest" ] || printf '; and '
  fi
  printf '%s' "${rest%; }"
}

package_command() {
  if command -v apt-get >/dev/null; then
    printf 'sudo apt-get update && sudo apt-get install -y'
  elif command -v brew >/dev/null; then
    printf 'brew install'
  elif command -v dnf >/dev/null; then
    printf 'sudo dnf install -y'
  fi
}

package_of() {
  case "$(package_command):$1" in
    *apt-get*) apt_packages "$1" ;;
    brew*:jdk) printf 'openjdk@25' ;;
    brew*:python) printf 'python@3.12' ;;
    *dnf*:jdk) printf 'java-latest-openjdk-devel' ;;
    *dnf*:python) printf 'python3.12-devel' ;;
    brew*:* | *dnf*:*) printf '%s' "$1" ;;
    *) return 1 ;;
  esac
}

by_hand() {
  case $1 in
    jdk) printf 'install a JDK from %s on, such as Temurin %s (with SDKMAN: sdk install java 25-tem); ' "$JDK_MINIMUM" "$JDK_PREFERRED" ;;
    maven) printf 'install Apache Maven from %s on (with SDKMAN: sdk install maven); ' "$MAVEN_MINIMUM" ;;
    python) printf 'uv python install 3.12; ' ;;
    gcc) printf 'install gcc; ' ;;
  esac
}
