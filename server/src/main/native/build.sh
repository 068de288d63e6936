#!/bin/sh
# Builds the task supervisor into the file named, unless it is newer than its sources.
# Static, so that it runs whatever the machine's libc becomes while tasks live; small, since there
# is one for each task.
set -eu
output=$1
sources=$(dirname "$0")
if [ -e "$output" ] && [ -z "$(find "$sources" -newer "$output" -type f)" ]; then exit 0; fi
command -v "${CC:-cc}" >/dev/null || {
  echo "homeport: needs a C compiler for the task supervisor (Debian: apt-get install gcc libc6-dev)." >&2
  exit 69
}
mkdir -p "$(dirname "$output")"
"${CC:-cc}" -std=gnu11 -static -s -Os -Wall -Wextra -Werror -o "$output.new" "$sources"/*.c
mv "$output.new" "$output"
