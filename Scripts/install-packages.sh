#!/bin/sh
# Installs Debian packages: Scripts/install-packages.sh NAME…
# As root, or with sudo; says what to do where neither works.
set -eu

if ! command -v apt-get >/dev/null 2>&1; then
  echo "setup: there is no apt-get here; install what these Debian packages hold: $*" >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1; then
  as_root=sudo
  echo "setup: sudo apt-get install $*"
else
  echo "setup: these packages are missing and this is neither root nor is there sudo. As root, run:" >&2
  echo "  apt-get update && apt-get install -y $*" >&2
  exit 1
fi
$as_root apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
