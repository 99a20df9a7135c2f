#!/usr/bin/env bash
# Builds two clients in debug and in release, runs them, and fails where `import Jukta` alone loads
# more than ICU and the Swift runtime.
set -euo pipefail
cd "$(dirname "$0")"
for configuration in debug release; do
  swift build -q -c $configuration
  binaries=$(swift build -c $configuration --show-bin-path)
  [ "$("$binaries/OnlyJukta")" = " আমি বাংলায়" ] || { echo "OnlyJukta ($configuration) printed something else"; exit 1; }
  "$binaries/WithFoundation" > /dev/null
  if [ "$(uname)" = Linux ]; then loaded=$(ldd "$binaries/OnlyJukta"); else loaded=$(otool -L "$binaries/OnlyJukta"); fi
  for unwanted in Foundation libz. libzstd libsimdjson; do
    if echo "$loaded" | grep -F "$unwanted"; then
      echo "import Jukta loads $unwanted ($configuration)"
      exit 1
    fi
  done
  echo "$loaded" | grep -q -i icu || { echo "no ICU in OnlyJukta: is this check looking at the right binary?"; exit 1; }
  echo "linkage ($configuration): ICU and the Swift runtime, no Foundation, zlib, zstd, simdjson"
done
