#!/bin/sh
# Makes the pictures of the web UI in docs/screenshots anew, from a seeded server. Given a directory,
# it puts there every page in light, dark and narrow instead, to be looked at.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd -P)
. "$root/scripts/find-jdk.sh"
all=false
if [ $# -gt 0 ]; then
  all=true
  mkdir -p "$1"
  pictures=$(cd "$1" && pwd -P)
else
  pictures=$root/docs/screenshots
  rm -rf "$pictures"
  mkdir -p "$pictures"
fi
mvn -B -q -f "$root/pom.xml" -pl server -am verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfailsafe.failIfNoSpecifiedTests=false -Dit.test=UiPagesIT,UiStatesIT \
  "-Dhomeport.screenshots=$pictures" "-Dhomeport.screenshots.all=$all"
