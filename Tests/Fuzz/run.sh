#!/usr/bin/env bash
# Feeds each parser broken input for a while: `make fuzz`.
#   SECONDS_EACH=60   how long each runs
#   FUZZ=.build/fuzz  where seeds and what was found go; a crash stays there as crash-…
# Ends with 1 where something crashed, leaked or took too long.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
work=${FUZZ:-.build/fuzz}
sample=Resources/sample
mkdir -p "$work"/{FuzzTokenizerJSON,FuzzNormalizer,FuzzPattern,FuzzSentencePiece,FuzzCorpus,FuzzParquet}

swift build -c release --product jukta
swift build -c release --sanitize fuzzer --package-path "$here"
jukta=$(swift build -c release --show-bin-path)/jukta
fuzzers=$(swift build -c release --sanitize fuzzer --package-path "$here" --show-bin-path)

# Seeds: small true files of each kind.
printf 'আমি যাই\nতুমি যাও\nসে যায়\n' |
  "$jukta" train unigram -q - -o "$work/small" --vocab-size 40 --soft-vocab-limit
cp "$work/small/tokenizer.json" "$work/FuzzTokenizerJSON/small.json"
# The small files of the tests, one a component: everything between the quotes of a Swift literal.
python3 "$here/seeds.py" Tests/JuktaTests/Formats/TokenizerJSON/MutatedFileTests.swift "$work/FuzzTokenizerJSON"
cp "$here"/Seeds/tokenizer-json/*.json "$work/FuzzTokenizerJSON/"
# One pattern of the fixture a file.
grep -oE '\["([^"\\]|\\.)+",\[' Tests/Fixtures/tokenizers-0.23.3/regexes.json |
  sed -E 's/^\["//; s/",\[$//; s/\\\\/\\/g' | split -l 1 - "$work/FuzzPattern/pattern-"
head -c 1500 $sample/source/12-web.txt > "$work/FuzzNormalizer/web.txt"
cp Tests/Fixtures/sentencepiece-0.2.3/*.model "$work/FuzzSentencePiece/"
head -c 1500 $sample/source/12-web.txt > "$work/FuzzSentencePiece/web.txt"
zstd -dcq $sample/bn_meta_part_1.jsonl.zst | head -n 2 > "$work/FuzzCorpus/records.jsonl" || true
gzip -nc "$work/FuzzCorpus/records.jsonl" > "$work/FuzzCorpus/records.gz"
zstd -qfc "$work/FuzzCorpus/records.jsonl" > "$work/FuzzCorpus/records.zst"
head -n 6 $sample/source/11-poems.txt > "$work/FuzzCorpus/paragraphs.txt"

cp Tests/Fixtures/parquet/*.parquet "$work/FuzzParquet/"

# libFuzzer, not Swift's backtracer, is to see a trap: it keeps the input that led there.
export SWIFT_BACKTRACE=enable=no
failed=0
for name in FuzzTokenizerJSON FuzzNormalizer FuzzPattern FuzzSentencePiece FuzzCorpus FuzzParquet; do
  echo "$name, ${SECONDS_EACH:-60} s"
  if ! "$fuzzers/$name" -max_total_time="${SECONDS_EACH:-60}" -max_len=16384 -timeout=20 \
    -rss_limit_mb=4096 -artifact_prefix="$work/$name-" -print_final_stats=1 \
    "$work/$name" > "$work/$name.log" 2>&1; then
    failed=1
    tail -n 30 "$work/$name.log"
  fi
  grep -E 'number_of_executed_units|new_units_added' "$work/$name.log" || true
done
exit $failed
