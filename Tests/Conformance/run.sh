#!/usr/bin/env bash
# Compares Jukta with the references over real text: `make conformance`.
#
#   CORPUS=folder   the text (default: ../shared/corpus if it is there, else Resources/sample)
#   PIECES=32000    the size of the vocabularies
#   QUICK=1         one line in ten, for a first look
#
# Prints a line a comparison and a table at the end; fails if anything disagrees.
set -uo pipefail
cd "$(dirname "$0")/../.."
here=Tests/Conformance
out=.build/conformance
mkdir -p "$out"

venv=.venv
if ! "$venv/bin/python" -c 'import tokenizers, sentencepiece, transformers, google.protobuf, numpy' 2>/dev/null; then
  python3 -m venv "$venv" && "$venv/bin/pip" install -q -r "$here/requirements.txt" || exit 1
fi
python=$venv/bin/python
swift build -c release --product jukta || exit 1
jukta=$(swift build -c release --show-bin-path)/jukta

corpus=${CORPUS:-}
[ -n "$corpus" ] || { [ -d ../shared/corpus ] && corpus=../shared/corpus; }
models=../shared/models
pieces=${PIECES:-32000}
if [ -z "$corpus" ]; then
  corpus=Resources/sample
  pieces=1500
fi
"$python" $here/split_corpus.py "$corpus" "$out" || exit 1
# Conversions are compared on the same lines in both modes: their bound is for these.
head -n 20000 "$out/train.txt" > "$out/convert.txt"
awk 'NR % 4 == 0' "$out/heldout.txt" > "$out/convert-heldout.txt"
if [ -n "${QUICK:-}" ]; then
  awk 'NR % 10 == 0' "$out/train.txt" > "$out/t" && mv "$out/t" "$out/train.txt"
  awk 'NR % 10 == 0' "$out/heldout.txt" > "$out/t" && mv "$out/t" "$out/heldout.txt"
  pieces=8000
fi

failed=0
table=$out/table.txt
: > "$table"
# check NAME COMMAND…: runs a comparison and notes how it went.
check() {
  local name=$1 log
  shift
  log=$out/$(echo "$name" | tr -c 'a-z0-9\n' -).log
  if "$@" > "$log" 2>&1; then
    printf 'agrees   %-44s %s\n' "$name" "$(tail -n 1 "$log")" >> "$table"
  else
    printf 'DIFFERS  %-44s %s\n' "$name" "$(tail -n 1 "$log")" >> "$table"
    failed=1
    head -n 30 "$log"
  fi
  tail -n 1 "$table"
}

# Both halves of the lines at once: the reference works on one thread.
normalize_whole() {
  cat "$out/train.txt" "$out/heldout.txt" > "$out/all.txt"
  "$python" $here/normalize_oracle.py "$jukta" "$1" "$out/all.txt" 2 0 > "$out/half-0.log" 2>&1 &
  local other=$!
  "$python" $here/normalize_oracle.py "$jukta" "$1" "$out/all.txt" 2 1 > "$out/half-1.log" 2>&1
  local second=$?
  wait $other && [ $second = 0 ]
  local result=$?
  cat "$out/half-0.log" "$out/half-1.log"
  return $result
}

# The same tokenizer from 1, 2 and 7 threads, and from the text in three files in two orders.
deterministic() {
  split -n l/3 --numeric-suffixes --additional-suffix=.part "$out/train.txt" "$out/piece-"
  gzip -kf "$out/piece-01.part"
  zstd -qf "$out/piece-02.part"
  local a="$out/piece-00.part $out/piece-01.part.gz $out/piece-02.part.zst"
  local b="$out/piece-02.part $out/piece-00.part $out/piece-01.part"
  train() { "$jukta" train unigram -q --preset sahajbert --vocab-size "$pieces" "$@"; }
  train "$out/train.txt" -o "$out/d1" --threads 1 && train $a -o "$out/d2" --threads 2 &&
    train $b -o "$out/d7" --threads 7 || return 1
  for folder in d2 d7; do
    for file in tokenizer.json tokenizer_config.json special_tokens_map.json recipe.json report.html; do
      cmp "$out/d1/$file" "$out/$folder/$file" || return 1
    done
  done
  for threads in 1 2 7; do
    "$jukta" encode -m "$out/d1" --threads $threads "$out/heldout.txt" | sha256sum
  done | uniq | wc -l | grep -qx 1 || return 1
  echo "tokenizer.json and ids: the same bytes from 1, 2 and 7 threads and from files in another order"
}

echo "corpus $corpus, $(wc -l < "$out/train.txt") training and $(wc -l < "$out/heldout.txt") held-out lines, $pieces pieces"
check "determinism" deterministic
check "normalize sahajbert, every line" normalize_whole sahajbert
"$jukta" train unigram -q --vocab-size "$pieces" "$out/train.txt" -o "$out/bengali" || failed=1
check "normalize bengali" \
  "$python" $here/normalize_oracle.py "$jukta" "$out/bengali/tokenizer.json" "$out/heldout.txt"
# Debian's unicode-data has the list of emoji sequences.
[ -f /usr/share/unicode/emoji/emoji-zwj-sequences.txt ] || Scripts/install-packages.sh unicode-data || failed=1
check "normalize, joiners of emoji and other scripts" "$python" $here/joiners.py "$jukta"
check "normalize, sentencepiece's rule sets" \
  "$python" $here/sentencepiece_normalize_oracle.py "$jukta" "$out/heldout.txt"
for model in unigram bpe-suffix; do
  check "normalize, sentencepiece's model, $model" \
    "$python" $here/sentencepiece_normalize_oracle.py "$jukta" "$out/heldout.txt" \
    Tests/Fixtures/sentencepiece-0.2.3/$model.model
done
check "encode, trained by jukta, sahajbert" \
  "$python" $here/encode_oracle.py "$jukta" "$out/d1/tokenizer.json" "$out/heldout.txt" ours
check "encode, trained by jukta, bengali" \
  "$python" $here/encode_oracle.py "$jukta" "$out/bengali/tokenizer.json" "$out/heldout.txt" bengali
check "ids mapped into memory" \
  "$python" $here/ids_oracle.py "$jukta" "$out/d1/tokenizer.json" "$out/heldout.txt" "$out/ids"
check "look-alikes of published tokenizers" \
  "$python" $here/lookalikes.py "$jukta" "$out/train.txt" "$out/heldout.txt" "$out/look" ${QUICK:+--quick}
check "random tokenizers, component by component" \
  "$python" $here/differential.py "$jukta" "$out/differential" $([ -n "${QUICK:-}" ] && echo 20 || echo 200) 200
check "transformers loads it" \
  "$python" $here/transformers_oracle.py "$jukta" "$out/d1" "$out/heldout.txt"
# On every line, held-out ones too: merges must be equal on the whole corpus.
check "bpe: merges, ids, tokens, offsets" \
  "$python" $here/bpe_oracle.py "$jukta" "$out/all.txt" "$out/heldout.txt" "$out/bpe" "$pieces"
small=${QUICK:+--quick}
[ "$corpus" = Resources/sample ] && small=--quick
check "sentencepiece: ids, pieces, offsets, n-best" \
  "$python" $here/sentencepiece_oracle.py "$jukta" "$out/train.txt" "$out/heldout.txt" "$out/spm$small" $small
head -n 60000 "$out/train.txt" > "$out/some.txt"
"$python" Benchmarks/Peers/train_peer.py hf "$out/some.txt" $((pieces / 4)) "$out/hf.json" || failed=1
check "encode, trained by tokenizers" \
  "$python" $here/encode_oracle.py "$jukta" "$out/hf.json" "$out/heldout.txt" hf
# Debian's sentencepiece 0.1.97 takes part where it is installed: apt-get install sentencepiece.
check "convert: tokenizer.json and .model, both ways" \
  "$python" $here/convert.py "$jukta" "$out/convert.txt" "$out/convert-heldout.txt" "$out/convert" \
  $([ "$corpus" = Resources/sample ] && echo 1000 || echo 8000)
if [ -f $models/sahajbert/tokenizer.json ]; then
  check "encode, published sahajBERT" \
    "$python" $here/encode_oracle.py "$jukta" $models/sahajbert/tokenizer.json "$out/heldout.txt" published
fi
# What is done around the model, with random tokenizers; in a debug build of the tests.
surface() {
  local seed drawn cases=0
  for seed in 11 12; do
    drawn=$("$python" $here/surface.py "$out/surface.jsonl" 40 200 $seed 2> /dev/null) || return 1
    cases=$((cases + $(sed -n 's/.* \([0-9]*\) cases.*/\1/p' <<< "$drawn")))
    JUKTA_SURFACE="$PWD/$out/surface.jsonl" swift test --filter "Surface, beside" 2>&1 | tail -n 1 | tee "$out/surface.log" &&
      grep -q passed "$out/surface.log" || return 1
  done
  echo "80 tokenizers, $cases cases: every field, look-up and decoding agrees"
}
check "pairs, words, truncation, padding, streams" surface
# Clusters and aksharas of every word type, in a debug build of the tests.
words_of_the_corpus() {
  "$python" $here/word_types.py "$out/all.txt" > "$out/words.txt" &&
    JUKTA_WORDS="$PWD/$out/words.txt" swift test --filter "Words of a corpus" 2>&1 | tail -n 1 | tee "$out/words.log" &&
    grep -q passed "$out/words.log"
}
check "clusters and aksharas, every word type" words_of_the_corpus
check "extend and prune, three kinds of bases" \
  "$python" $here/extend.py "$jukta" "$out/train.txt" "$out/heldout.txt" "$out/extend" ${QUICK:+--quick}
for scale in files datatrove spark; do
  check "beyond one machine: $scale" $here/scale.sh $scale "$jukta" "$out/d1" "$out/heldout.txt"
done
if command -v chromium > /dev/null; then
  check "pages in Chromium" "$python" $here/pages.py "$jukta" "$out/bengali"
else
  echo "pages in Chromium: left out, there is no chromium (apt-get install chromium)"
fi

echo
cat "$table"
exit $failed
