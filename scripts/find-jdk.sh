# Sourced by the scripts at the root: exports JAVA_HOME and PATH for a JDK 25 or newer, wherever it is
# installed, or stops with one sentence that says where we looked.

# A JDK says its version in the file "release"; asking javac instead would cost a JVM for each.
homeport_is_jdk25() {
  [ -x "$1/bin/javac" ] || return 1
  version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  [ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 25 ]
}

homeport_jdk_on_path() {
  javac=$(command -v javac 2>/dev/null) && javac=$(readlink -f "$javac") && echo "${javac%/bin/javac}"
}

homeport_find_jdk() {
  for candidate in \
    "${JAVA_HOME:-}" \
    "$(homeport_jdk_on_path)" \
    /usr/lib/jvm/* \
    "${SDKMAN_DIR:-${HOME:-/root}/.sdkman}"/candidates/java/* \
    "${HOME:-/root}"/.jdks/* \
    /opt/*jdk* /opt/java/* /usr/local/*jdk*; do
    if [ -n "$candidate" ] && homeport_is_jdk25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME=$(homeport_find_jdk); then
  echo "homeport: needs a JDK 25 or newer, and found none in JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN, ~/.jdks or /opt: install one (for example Temurin 25) or set JAVA_HOME." >&2
  exit 69
fi
export JAVA_HOME
export PATH="$JAVA_HOME/bin:$PATH"
