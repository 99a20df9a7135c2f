#!/usr/bin/env bash
# Shows that the README's commands work on a machine that has nothing: makes a clean Debian tree with
# git, make and Swift in it (debootstrap, chroot), clones the last commit there, and runs them. Needs
# root. `make clean-machine`.
#   TREE=folder     where the tree goes (default: /var/tmp/jukta-clean-machine); KEEP=1 leaves it there
#   SUITE=bookworm  MIRROR=http://deb.debian.org/debian
#   COMMANDS='make demo; make test'
set -euo pipefail
cd "$(dirname "$0")/.."

tree=${TREE:-/var/tmp/jukta-clean-machine}
suite=${SUITE:-bookworm}
mirror=${MIRROR:-http://deb.debian.org/debian}
commands=${COMMANDS:-make demo; make test}

[ "$(id -u)" -eq 0 ] || { echo "clean-machine: a tree of its own needs root" >&2; exit 1; }
# The mounts are seen by this script alone, and end with it.
[ "${JUKTA_UNSHARED:-}" = 1 ] || JUKTA_UNSHARED=1 exec unshare -m --propagation private "$0" "$@"
command -v debootstrap >/dev/null || Scripts/install-packages.sh debootstrap

# bin/swift lies in usr/bin of the toolchain.
swift=$(readlink -f "$(command -v swift)")
toolchain=${swift%/usr/bin/*}
[ -d "$toolchain/usr/lib/swift" ] || { echo "clean-machine: $swift lies in no toolchain" >&2; exit 1; }

if [ ! -e "$tree/etc/debian_version" ]; then
  echo "clean-machine: Debian $suite in $tree"
  debootstrap --variant=minbase --include=git,make,ca-certificates "$suite" "$tree" "$mirror"
fi
bring() { # a folder of this machine, at the same place, read only
  mkdir -p "$tree$1"
  mount --bind "$1" "$tree$1"
  mount -o remount,bind,ro "$tree$1"
}
mount -t proc proc "$tree/proc"
[ ! -e /etc/resolv.conf ] || cat /etc/resolv.conf > "$tree/etc/resolv.conf"
mkdir -p "$tree/opt/swift"
mount --bind "$toolchain" "$tree/opt/swift"
mount -o remount,bind,ro "$tree/opt/swift"

# Where git takes packages from a mirror on this machine, it has to there as well.
: > "$tree/etc/gitconfig"
git config --get-regexp '^url\..*\.insteadof$' | while read -r key from; do
  base=${key#url.}
  base=${base%.insteadof}
  case $base in /*) [ ! -d "$base" ] || mountpoint -q "$tree$base" || bring "${base%/}" ;; esac
  git config --file "$tree/etc/gitconfig" --add "url.$base.insteadOf" "$from"
done
git config --file "$tree/etc/gitconfig" --add safe.directory '*'

rm -rf "$tree/work"
mkdir -p "$tree/work"
git clone -q --no-local . "$tree/work/jukta"
echo "clean-machine: $(git -C "$tree/work/jukta" log -1 --format='%h %s')"

status=0
chroot "$tree" env -i HOME=/root LANG=C.UTF-8 PATH=/opt/swift/usr/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  COMMANDS="$commands" bash -c '
    set -e
    cd /work/jukta
    IFS=";"
    for command in $COMMANDS; do
      command=${command# }
      echo "clean-machine: \$ $command"
      (unset IFS; eval "$command")
      echo "clean-machine: $command: passed"
    done' || status=$?
if [ "$status" -ne 0 ]; then
  echo "clean-machine: failed; the tree stays in $tree" >&2
  exit "$status"
fi
if [ "${KEEP:-}" != 1 ]; then
  # Nothing of this machine may be left in the tree that goes.
  mounts() { awk -v tree="$tree/" 'index($5, tree) == 1 { print $5 }' /proc/self/mountinfo | sort -r; }
  for mount in $(mounts); do umount "$mount"; done
  [ -n "$(mounts)" ] || rm -rf --one-file-system "$tree"
fi
echo "clean-machine: all passed"
