# Sourced by the scripts at the root: gets Debian packages that are missing, or stops with one sentence.

homeport_packages_updated=

# homeport_need COMMAND PURPOSE PACKAGE...: makes sure that COMMAND is there, from the Debian packages.
homeport_need() {
  needed=$1
  purpose=$2
  shift 2
  command -v "$needed" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "homeport: needs $needed $purpose (Debian: apt-get install $*)." >&2
    return 69
  fi
  echo "Installing $* ..." >&2
  log=$(mktemp)
  if [ -z "$homeport_packages_updated" ]; then
    apt-get update >"$log" 2>&1 </dev/null || true
    homeport_packages_updated=yes
  fi
  if DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" \
    >>"$log" 2>&1 </dev/null && command -v "$needed" >/dev/null 2>&1; then
    rm -f "$log"
    return 0
  fi
  echo "homeport: needs $needed $purpose, and could not install $*:" >&2
  tail -n 5 "$log" >&2
  rm -f "$log"
  return 69
}
