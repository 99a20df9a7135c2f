#!/usr/bin/env bash
# A first look at Jukta: trains a small tokenizer from the sample corpus and uses it. `make demo`.
#   PIECES=2000   the size of the vocabulary
#   OUT=folder    where it goes (default: demo-output)
set -euo pipefail
cd "$(dirname "$0")/.."

program=$(swift build -c release --show-bin-path)/jukta
out=${OUT:-demo-output}
pieces=${PIECES:-2000}
mkdir -p "$out"

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'; else bold='' dim='' plain=''; fi
title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
jukta() { "$program" "$@"; }
# Prints a command as one would type it, then runs it.
run() {
  printf '%s$ %s%s\n' "$dim" "$1" "$plain"
  eval "$1"
}

title "1. What the sample corpus holds: a file in each of OSCAR's four layouts"
run "jukta corpus stats Resources/sample/bn_* | head -n 6"

title "2. Train"
run "jukta train unigram Resources/sample/bn_* -o $out/bn --vocab-size $pieces"
echo "wrote $(cd "$out/bn" && echo *)"

printf '%s\n' 'র‍্যাব বলেছে, ড. করিম ২১শে ফেব্রুয়ারি ঢাকায় আসবেন।' > "$out/text.txt"
title "3. Encode a sentence, and back again"
run "cat $out/text.txt"
run "jukta encode -m $out/bn --format pieces $out/text.txt"
run "jukta encode -m $out/bn $out/text.txt | tee $out/ids.txt"
run "jukta decode -m $out/bn $out/ids.txt"

# A look-alike of আ, two spaces, a reversed ো, a zero-width space, a pipe for a danda, an old ৎ, and a
# ZWJ that must stay.
printf '%s\n' $'অ\u09BEমি  চ\u09BE\u09C7খ মুছে\u200B দেখলাম | হঠাত\u09CD\u200D র\u200D\u09CD\u09AF\u09BEব এল ৷' \
  > "$out/dirty.txt"
title "4. Normalise: look-alikes and dirt go, joiners that do their work stay"
run "cat $out/dirty.txt"
run "jukta normalize $out/dirty.txt"
run "jukta normalize --preset sahajbert $out/dirty.txt   # the recipe of 2021: it cuts র‍্যাব in two"

title "5. Offsets lead back to the original line"
run "jukta encode -m $out/bn --format jsonl $out/dirty.txt"

title "Next"
cat <<END
  the program is $program
  jukta train unigram YOUR-FILES -o bn-32k   text, OSCAR dumps, other JSON lines; gzip and zstd too
  jukta help                                 everything else
  make test, make conformance, make bench    whether it is right, and how fast it is

  $out/bn loads in Python as it is (pip install transformers):
    from transformers import AutoTokenizer
    AutoTokenizer.from_pretrained("$out/bn").tokenize("আমি বাংলায় গান গাই।")
END
