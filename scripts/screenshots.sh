#!/bin/sh
# Makes the pictures of the web UI in docs/screenshots anew, from a seeded server.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/find-jdk.sh"
mkdir -p "$root/docs/screenshots"
mvn -B -q -f "$root/pom.xml" -pl server -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=UiPagesIT \
  "-Dhomeport.screenshots=$root/docs/screenshots"
