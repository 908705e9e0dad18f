# Finds JDK, Maven, compiler and Python. Looks only; each find_X sets X_OK (1 or 0), X_DETAIL (what
# was found) and what its users need, and returns 1 where nothing fits.

readonly JDK_MINIMUM=21 JDK_PREFERRED=25 MAVEN_MINIMUM=3.8.6
# Best first: 3.12 is what most is tried with.
readonly PYTHON_MINORS="3.12 3.11 3.13 3.10"

# real_path FILE: with all links followed (readlink -f is missing from older macOS).
real_path() {
  local path=$1 link
  while [ -L "$path" ]; do
    link="$(readlink "$path")"
    case $link in /*) path=$link ;; *) path="$(dirname "$path")/$link" ;; esac
  done
  (cd "$(dirname "$path")" 2>/dev/null && printf '%s/%s' "$(pwd -P)" "$(basename "$path")")
}

# jdk_version FOLDER: its feature version, read from its release file; nothing where it is no JDK.
jdk_version() {
  local line version=
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in JAVA_VERSION=*) version=${line#*=\"} && version=${version%%[!0-9]*} ;; esac
  done <"$1/release"
  printf '%s' "$version"
}

jdk_candidates() {
  local java
  java="$(command -v java || true)"
  if [ -n "$java" ]; then dirname "$(dirname "$(real_path "$java")")"; fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /usr/local/openjdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
}

# A fit JAVA_HOME wins; else 25, else the newest long-term release, else the newest.
find_jdk() {
  local folder version rank best=0
  JDK_OK=0 JDK_HOME='' JDK_DETAIL="none from $JDK_MINIMUM on"
  version="$(jdk_version "${JAVA_HOME:-/nowhere}")"
  if [ "${version:-0}" -ge "$JDK_MINIMUM" ]; then
    JDK_OK=1 JDK_HOME=$JAVA_HOME JDK_DETAIL="$version in $JAVA_HOME (JAVA_HOME)"
    return 0
  fi
  while IFS= read -r folder; do
    version="$(jdk_version "$folder")"
    [ "${version:-0}" -ge "$JDK_MINIMUM" ] || continue
    rank=$version
    [ $(((version - 21) % 4)) -ne 0 ] || rank=$((version + 1000))
    [ "$version" -ne "$JDK_PREFERRED" ] || rank=10000
    [ "$rank" -gt "$best" ] || continue
    best=$rank JDK_OK=1 JDK_HOME=$folder JDK_DETAIL="$version in $folder"
  done < <(jdk_candidates)
  [ "$JDK_OK" = 1 ]
}

# maven_version MVN: from the name of its core library; asking it would start a JVM.
maven_version() {
  local home jar version
  home="$(dirname "$(dirname "$(real_path "$1")")")"
  for jar in "$home"/lib/maven-core-*.jar "$home"/libexec/lib/maven-core-*.jar "$home"/../java/maven3-core-*.jar; do
    version=${jar##*-core-} version=${version%.jar}
    case $version in [0-9]*.[0-9]*.[0-9]*) printf '%s' "$version" && return 0 ;; esac
  done
  JAVA_HOME=${JDK_HOME:-${JAVA_HOME:-}} "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'
}

find_maven() {
  local mvn version
  MAVEN_OK=0 MVN='' MAVEN_DETAIL="none from $MAVEN_MINIMUM on"
  while IFS= read -r mvn; do
    [ -x "$mvn" ] || continue
    version="$(maven_version "$mvn")"
    if [ -n "$version" ] && at_least "$version" "$MAVEN_MINIMUM"; then
      MAVEN_OK=1 MVN=$mvn MAVEN_DETAIL="$version in $mvn"
      return 0
    fi
    MAVEN_DETAIL="$mvn is ${version:-of an unknown version}; $MAVEN_MINIMUM or later is needed"
  done < <(
    printf '%s\n' "${MAVEN_HOME:-/nowhere}/bin/mvn"
    type -aP mvn || true
    printf '%s\n' "$HOME/.sdkman/candidates/maven/current/bin/mvn" /usr/share/maven/bin/mvn \
      /opt/maven/bin/mvn /opt/apache-maven*/bin/mvn /opt/homebrew/bin/mvn /usr/local/bin/mvn
  )
  return 1
}

find_gcc() {
  local name
  GCC_OK=0 GCC_DETAIL="no C compiler"
  for name in "${CC:-gcc}" gcc cc clang; do
    if command -v "${name%% *}" >/dev/null; then
      GCC_OK=1 GCC_DETAIL="$(command -v "${name%% *}")"
      return 0
    fi
  done
  return 1
}

# python_candidates: the usual places, best version first. pyenv's shims are passed over: they are
# slow and answer only for the version chosen; its versions are looked at directly.
python_candidates() {
  local minor
  for minor in $PYTHON_MINORS; do
    printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}/versions/$minor".*/bin/"python$minor" \
      "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/uv/python}/cpython-$minor".*/bin/"python$minor"
    type -aP "python$minor" || true
    printf '%s\n' {/usr/bin,/usr/local/bin,/opt/homebrew/bin}/"python$minor"
  done
  type -aP python3 python || true
}

# probe_python BINARY: sets PYTHON_* by it; fails where it cannot be embedded.
probe_python() {
  local answer minor version binary problem
  answer="$("$1" -I "$ROOT/scripts/lib/probe.py" 2>/dev/null)" || return 1
  IFS='|' read -r minor version binary problem <<<"$answer"
  if [ -n "$problem" ]; then
    PYTHON_REJECTED="${PYTHON_REJECTED:+$PYTHON_REJECTED; }$1 ($version): $problem"
    return 1
  fi
  PYTHON_OK=1 PYTHON_BINARY=$binary PYTHON_MINOR=$minor PYTHON_DETAIL="$version in $binary"
}

# PYTHON, if set, is the only candidate.
find_python() {
  local candidate seen=' '
  PYTHON_OK=0 PYTHON_BINARY='' PYTHON_MINOR='' PYTHON_REJECTED=''
  PYTHON_DETAIL="no CPython 3.10 to 3.13 with shared library and headers"
  if [ -n "${PYTHON:-}" ]; then
    if candidate="$(command -v "$PYTHON")" && probe_python "$candidate"; then return 0; fi
    PYTHON_DETAIL="PYTHON=$PYTHON does not fit: ${PYTHON_REJECTED:-it cannot be run}"
    return 1
  fi
  while IFS= read -r candidate; do
    case $candidate in */shims/*) continue ;; esac
    case $seen in *" $candidate "*) continue ;; esac
    seen="$seen$candidate "
    if [ -x "$candidate" ] && probe_python "$candidate"; then return 0; fi
  done < <(python_candidates)
  if [ -n "$PYTHON_REJECTED" ]; then PYTHON_DETAIL="none fits: $PYTHON_REJECTED"; fi
  return 1
}
