# Sourced by the scripts at the root: builds the server when its sources are newer than what was built.
# Expects $root. One line per step on standard error; Maven's log goes to a file.

homeport_target="$root/server/target"
homeport_jar="$homeport_target/homeport.jar"
homeport_stamp="$homeport_target/built"
homeport_build_log="$homeport_target/build.log"

# Flags of the server's JVM: small at rest, quick to start. The young generation has one size: smaller,
# it is collected thousands of times before it has grown; larger, it takes long each time. A large state
# is copied by all processors at once, and lies in huge pages where the system allows it, which halves
# the time that this takes. Classes have room, so that loading some more is no reason to collect all of
# it. -Xlog keeps a stale AOT cache from being complained about on standard output: it is ignored then,
# and made anew with the next build.
homeport_common_flags="-XX:+UseCompactObjectHeaders -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
homeport_server_flags="$homeport_common_flags -XX:+UseParallelGC -XX:+UseTransparentHugePages -Xms80m -Xmn64m -XX:MetaspaceSize=96m -Xss512k -XX:MaxRAMPercentage=25 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
homeport_cli_flags="$homeport_common_flags -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms16m -Xmx256m -Xss512k"

homeport_sources() {
  for part in pom.xml core/pom.xml core/src/main server/pom.xml server/src/main ui/package.json ui/package-lock.json ui/index.html ui/public ui/src; do
    [ -e "$root/$part" ] && printf '%s\n' "$root/$part"
  done
  return 0
}

# Whether what was built is as new as the sources. Directories count too: they change with each file
# that is added or removed. What the build itself makes among the sources does not count.
homeport_is_built() {
  [ -f "$homeport_stamp" ] && [ -f "$homeport_jar" ] || return 1
  old_ifs=$IFS
  IFS='
'
  newer=$(find $(homeport_sources) -newer "$homeport_stamp" ! -path "$root/ui/src/api" \
    ! -name schema.d.ts ! -name appSchema.json -print 2>/dev/null | head -n 1)
  IFS=$old_ifs
  [ -z "$newer" ]
}

homeport_build_tools() {
  homeport_need mvn "to build" maven || return
  homeport_need cc "to build the task supervisor" gcc libc6-dev || return
}

# The lines of Maven's log that say what is wrong.
homeport_build_problem() {
  grep -E '^\[(ERROR|FATAL)\]|BUILD FAILURE|error:' "$homeport_build_log" \
    | grep -vE 'Help 1|-rf :|re-run Maven|Re-run Maven|For more information|After correcting|^\[ERROR\] *$' \
    | awk '!seen[$0]++' | head -n 20
}

homeport_run_maven() {
  started="$homeport_target/built.started"
  : >"$started"
  if ! mvn -B -f "$root/pom.xml" -pl server -am -Dmaven.test.skip=true -Dspotless.check.skip=true \
    package >"$homeport_build_log" 2>&1 </dev/null; then
    homeport_build_problem >&2
    echo "homeport: could not be built; the whole log is $homeport_build_log" >&2
    return 70
  fi
  mv "$started" "$homeport_stamp"
}

homeport_build() {
  homeport_is_built && return 0
  homeport_build_tools || return
  if ! mkdir -p "$homeport_target" 2>/dev/null || [ ! -w "$homeport_target" ]; then
    echo "homeport: must be built, and cannot write to $homeport_target: build it once as a user who can." >&2
    return 73
  fi
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$homeport_target/build.lock"
    flock -n 9 || { echo "Waiting for another build of Homeport ..." >&2; flock 9; }
    if homeport_is_built; then
      exec 9>&-
      return 0
    fi
  fi
  if [ -f "$homeport_stamp" ]; then
    echo "Building Homeport (its sources changed) ..." >&2
  else
    echo "Building Homeport (first use, about a minute) ..." >&2
  fi
  status=0
  homeport_run_maven || status=$?
  if [ "$status" -eq 0 ]; then
    rm -f "$homeport_target/server.aot" "$homeport_target/cli.aot"
    echo "Preparing for quick starts ..." >&2
    homeport_train >>"$homeport_build_log" 2>&1 </dev/null || true
  fi
  exec 9>&-
  return "$status"
}

# Runs the server and the command line once, so that the JVM writes what it learnt into AOT caches
# (JEP 483 and 514). Without them all works as well and starts slower.
homeport_train() {
  training=$(mktemp -d)
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $homeport_server_flags -XX:AOTCacheOutput="$homeport_target/server.aot" \
    -cp "$homeport_jar" io.homeport.Main server --insecure --data-dir "$training/data" --http-port 0 \
    >"$training/log" 2>&1 9>&- &
  server=$!
  url=
  for _ in $(seq 100); do
    url=$(sed -n 's/.*\(http:\/\/127\.0\.0\.1:[0-9]*\).*/\1/p' "$training/log" | head -n 1)
    if [ -n "$url" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.1
  done
  status=1
  if [ -n "$url" ]; then
    # shellcheck disable=SC2086
    HOMEPORT_URL=$url "$JAVA_HOME/bin/java" $homeport_cli_flags \
      -XX:AOTCacheOutput="$homeport_target/cli.aot" -cp "$homeport_jar" io.homeport.Main apps list
    status=$?
  fi
  kill -TERM "$server" 2>/dev/null
  wait "$server"
  cat "$training/log"
  rm -rf "$training"
  return "$status"
}

# homeport_flags KIND: the JVM's flags for "server" or "cli", with the AOT cache where there is one.
homeport_flags() {
  case $1 in
    server) flags=$homeport_server_flags ;;
    *) flags=$homeport_cli_flags ;;
  esac
}
