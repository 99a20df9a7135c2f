#!/usr/bin/env bash
# Everything that `make bench` measures, beside the peers, in one run: Unigram training and encoding,
# BPE, SentencePiece models, sentence segmentation. Arguments go to Benchmarks/run.py (--corpus, --sizes, --no-training).
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
out=.build/bench
"$python" Benchmarks/run.py "$@"
jukta=$(swift build -c release --show-bin-path)/jukta
bench=$(swift build -c release --package-path Benchmarks --show-bin-path)/JuktaBench
# The sample is too small for 32,000 pieces, and has no marked paragraphs.
[ -d ../shared/corpus ] || exit 0
"$python" Benchmarks/bpe.py --python "$python" --jukta "$jukta" --bench "$bench" \
  --train "$out/train.txt" --held "$out/heldout.txt" --out "$out/bpe"
"$python" Benchmarks/sentencepiece.py --python "$python" --bench "$bench" \
  --train "$out/train.txt" --held "$out/heldout.txt" --out "$out/spm"
"$python" Benchmarks/Peers/segment_speed.py "$out/train.txt" "$bench"
"$python" Benchmarks/Peers/score_segmenters.py ../shared/corpus/bn_dedup.txt.gz --held-back
