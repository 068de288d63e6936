#!/bin/sh
# Builds the web UI into a directory of the server's class path: build.sh TARGET
# Without npm, or with a Node.js that is too old, the server is built without a UI, and says so. Nothing is done when the UI is as new as
# its sources.
set -eu
target=$1
cd "$(dirname "$0")"
# What the types of the API are made from.
api=../server/src/main/resources/io/homeport/api/openapi.json

if ! command -v npm >/dev/null 2>&1; then
  echo "The web UI is left out: npm is not installed (Debian: apt-get install npm)." >&2
  exit 0
fi
# What the libraries of the build need; Debian 13 has 20.19.
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The web UI is left out: it is built with Node.js 20.19 or newer, and this is $(node --version)." >&2
  exit 0
fi

newer() {
  [ ! -e "$1" ] || [ -n "$(find $2 -newer "$1" -print 2>/dev/null | head -n 1)" ]
}

if newer node_modules/.installed "package.json package-lock.json .npmrc"; then
  npm ci --no-progress
  touch node_modules/.installed
fi
if newer dist/.built "src public scripts index.html vite.config.ts tsconfig.json package.json node_modules/.installed $api"; then
  npm run --silent build
  touch dist/.built
fi
rm -rf "$target"
mkdir -p "$target"
cp -R dist/. "$target/"
rm -rf "$target/.vite" "$target/.built"
