// The scan for places where one of a few pairs of bytes stands: 64 bytes at a time, as in marks.h.
#ifndef CJUKTA_PAIRS_H
#define CJUKTA_PAIRS_H

#include "marks.h"

/// Four pairs, one in each byte of the words: the first byte, and the second under a mask (0 for any).
/// Who has fewer says one of them again.
typedef struct {
  uint32_t first, second, mask;
} jukta_pairs;

static inline uint64_t jukta_pair_hits16(const uint8_t *at, jukta_pairs pairs) {
  const jukta_bytes first = jukta_load(at), second = jukta_load(at + 1);
  jukta_bytes found = {0};
  for (int shift = 0; shift < 32; shift += 8)
    found |= (jukta_bytes)(first == (uint8_t)(pairs.first >> shift))
      & (jukta_bytes)((second & (uint8_t)(pairs.mask >> shift)) == (uint8_t)(pairs.second >> shift));
  return jukta_bits(found);
}

/// Bit i: whether a pair starts at `at[i]`, for 64 bytes. Reads 65.
static inline uint64_t jukta_pair_hits(const uint8_t *at, jukta_pairs pairs) {
  return jukta_pair_hits16(at, pairs) | jukta_pair_hits16(at + 16, pairs) << 16
    | jukta_pair_hits16(at + 32, pairs) << 32 | jukta_pair_hits16(at + 48, pairs) << 48;
}

#endif
