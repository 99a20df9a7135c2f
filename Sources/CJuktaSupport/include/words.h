// The scan for what may end a word: 64 bytes at a time, as in marks.h.
#ifndef CJUKTA_WORDS_H
#define CJUKTA_WORDS_H

#include "marks.h"

/// Whether a scalar of the Basic Multilingual Plane makes `jukta_word_stops` say so, told from its
/// bytes; the same rule for one scalar.
static inline int jukta_is_word_stop(const uint8_t *at) {
  const uint8_t first = at[0];
  if (first < 0x80) return (uint8_t)((first | 0x20) - 0x61) > 25;
  if (first != 0xE0) return 1;
  // Devanagari to Telugu: dandas, digits and numbers lie in the upper half of a block's second row.
  return at[1] < 0xA4 || at[1] >= 0xB0 || ((at[1] & 1) && at[2] >= 0xA4);
}

static inline uint64_t jukta_word_stops16(const uint8_t *at) {
  const jukta_bytes first = jukta_load(at), second = jukta_load(at + 1), third = jukta_load(at + 2);
  const jukta_bytes letter = (jukta_bytes)((uint8_t)25 >= (first | 0x20) - 0x61);
  jukta_bytes found = (jukta_bytes)(first < 0x80) & ~letter;
  const jukta_bytes indic = (jukta_bytes)(first == 0xE0);
  const jukta_bytes odd = (jukta_bytes)((second & 1) == 1);
  found |= (jukta_bytes)(first >= 0xC2) & ~indic;
  const jukta_bytes other = (jukta_bytes)((uint8_t)(0xB0 - 0xA4) <= second - 0xA4);
  found |= indic & (other | (odd & (jukta_bytes)(third >= 0xA4)));
  return jukta_bits(found);
}

/// Bit i: whether a scalar that may end a word starts at `at[i]`, for 64 bytes of UTF-8. Reads 66.
static inline uint64_t jukta_word_stops(const uint8_t *at) {
  return jukta_word_stops16(at) | jukta_word_stops16(at + 16) << 16 |
         jukta_word_stops16(at + 32) << 32 | jukta_word_stops16(at + 48) << 48;
}

#endif
