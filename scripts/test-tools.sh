# Sourced by ./test and ./soak: what the tests need beyond the JDK, and a summary of their reports.

homeport_test_tools() {
  homeport_need mvn "to build" maven || return
  homeport_need cc "to build the task supervisor" gcc libc6-dev || return
  homeport_need mariadbd "to test with a real database" mariadb-server-core mariadb-client-core || return
  homeport_need mariadb "to test with a real database" mariadb-client-core || return
  homeport_need podman "to test container images" podman runc || return
  homeport_need runc "to test container images" runc || return
  homeport_need npm "to build and test the web UI" npm || return
  homeport_need chromium "to test the web UI" chromium || return
  homeport_need busybox "to make an image for the tests" busybox-static || return
}

# homeport_test_summary ROOT: one line for each kind of test, from the reports of the last run.
homeport_test_summary() {
  for kind in surefire failsafe; do
    find "$1" -path "*/target/$kind-reports/TEST-*.xml" -exec sed -n 's/.*<testsuite .*/&/p' {} + 2>/dev/null \
      | awk -v kind="$kind" '
        function number(name) {
          return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
        }
        { tests += number("tests"); bad += number("failures") + number("errors"); skipped += number("skipped") }
        END {
          if (tests) printf "%s: %d tests, %d failed, %d skipped\n", kind == "surefire" ? "Unit tests" : "End-to-end tests", tests, bad, skipped
        }'
  done
}
