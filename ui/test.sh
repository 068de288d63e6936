#!/bin/sh
# Checks the web UI by itself: types, formatting, unit tests, and what the first view loads.
set -eu
cd "$(dirname "$0")"
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
sh build.sh "$built/ui"
npm run --silent check
npm run --silent test
npm run --silent size
