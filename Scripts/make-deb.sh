#!/usr/bin/env bash
# Makes a Debian package of the program: Scripts/make-deb.sh. `make deb`. Swift's own libraries are
# linked in; the package depends on the Debian packages that hold the others (ICU, simdjson, zstd, zlib).
#   BINARY=…   a program that is built already (default: builds one)
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${BINARY:-}" ]; then
  swift build -c release --product jukta --static-swift-stdlib --scratch-path .build/static
  BINARY=$(swift build -c release --static-swift-stdlib --scratch-path .build/static --show-bin-path)/jukta
fi
export BINARY
version=$("$BINARY" --version)
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
PREFIX=/usr DESTDIR=$tree Scripts/install.sh install
strip --strip-unneeded "$tree/usr/bin/jukta" 2>/dev/null || true
find "$tree/usr/share/man" -name '*.1' -exec gzip -9n {} +

# The packages of the libraries that it loads.
libraries=$(ldd "$tree/usr/bin/jukta" | awk '$3 ~ /^\// { print $3 }')
if echo "$libraries" | grep -q /swift/; then
  echo "deb: $BINARY loads Swift's libraries, which no package has; leave BINARY out" >&2
  exit 1
fi
depends=$(for library in $libraries; do dpkg -S "$(readlink -f "$library")" 2>/dev/null; done |
  sed 's/:.*//' | sort -u | paste -sd, | sed 's/,/, /g')
mkdir -p "$tree/DEBIAN" "$tree/usr/share/doc/jukta"
cp LICENSE "$tree/usr/share/doc/jukta/copyright"
cat > "$tree/DEBIAN/control" <<END
Package: jukta
Version: $version
Architecture: $architecture
Maintainer: Jukta <$(git log -1 --format=%ae)>
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Depends: $depends
Section: text
Priority: optional
Description: Bengali text for language models
 Normalises, trains tokenizers, encodes, cuts into sentences and inspects Bengali text.
END
dpkg-deb --root-owner-group --build "$tree" "jukta_${version}_$architecture.deb"
