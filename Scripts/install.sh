#!/usr/bin/env bash
# Installs the built program with its manual pages and the completions of three shells, or takes them
# away: Scripts/install.sh install|uninstall. `make install`, `make uninstall`.
#   PREFIX=/usr/local   where it goes         DESTDIR=   put in front of that, for packages
#   BINARY=…            the program (default: what make build has built)
set -euo pipefail
cd "$(dirname "$0")/.."

prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
commands() { # the subcommands that a help page lists, as "corpus text"
  "$1" help ${2:+$2} | awk '/^SUBCOMMANDS:/ { on = 1; next } on && /^  [a-z]/ { print $1 }' |
    grep -v '^help$' || true
}
files() { # what there is beside the program
  echo "$root/share/bash-completion/completions/jukta"
  echo "$root/share/zsh/site-functions/_jukta"
  echo "$root/share/fish/vendor_completions.d/jukta.fish"
}

case ${1:-} in
  uninstall)
    rm -f "$root/bin/jukta" $(files) "$root"/share/man/man1/jukta.1 "$root"/share/man/man1/jukta-*.1
    exit
    ;;
  install) ;;
  *) echo "usage: Scripts/install.sh install|uninstall" >&2; exit 2 ;;
esac

binary=${BINARY:-.build/release/jukta}
[ -x "$binary" ] || { echo "install: $binary is not there: make build" >&2; exit 1; }
install -D -m 755 "$binary" "$root/bin/jukta"

shells=(bash zsh fish)
for index in 0 1 2; do
  file=$(files | sed -n "$((index + 1))p")
  mkdir -p "$(dirname "$file")"
  "$binary" --generate-completion-script "${shells[$index]}" > "$file"
done

# A page is what `help` says, as it is laid out there.
version=$("$binary" --version)
page() { # name, the words for help
  local name=$1
  shift
  {
    printf '.TH %s 1 "" "jukta %s" "Jukta"\n.SH NAME\n%s \\- %s\n.SH DESCRIPTION\n.nf\n' \
      "${name^^}" "$version" "$name" \
      "$("$binary" help "$@" | sed -n '1s/^OVERVIEW: //p' | sed 's/\\/\\e/g')"
    "$binary" help "$@" | sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"
    printf '.fi\n'
  } > "$root/share/man/man1/$name.1"
}
mkdir -p "$root/share/man/man1"
page jukta
for command in $(commands "$binary"); do
  page "jukta-$command" "$command"
  for below in $(commands "$binary" "$command"); do page "jukta-$command-$below" "$command" "$below"; done
done
