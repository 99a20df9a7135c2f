// The scan for ▁ (U+2581, E2 96 81), which starts words in SentencePiece's normal form.
#ifndef CJUKTA_SPACES_H
#define CJUKTA_SPACES_H

#include "marks.h"

static inline uint64_t jukta_space_marks16(const uint8_t *at) {
  const jukta_bytes first = jukta_load(at), second = jukta_load(at + 1), third = jukta_load(at + 2);
  return jukta_bits((jukta_bytes)(first == 0xE2) & (jukta_bytes)(second == 0x96)
    & (jukta_bytes)(third == 0x81));
}

/// Bit i: whether ▁ starts at `at[i]`, for 64 bytes. Reads 66.
static inline uint64_t jukta_space_marks(const uint8_t *at) {
  return jukta_space_marks16(at) | jukta_space_marks16(at + 16) << 16
    | jukta_space_marks16(at + 32) << 32 | jukta_space_marks16(at + 48) << 48;
}

#endif
