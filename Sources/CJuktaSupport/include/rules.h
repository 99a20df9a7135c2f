// The scan for places where a SentencePiece rule may begin, in text that is mostly Bengali and ASCII:
// 64 bytes at a time, as in marks.h. It may say "look" too often, never too seldom.
#ifndef CJUKTA_RULES_H
#define CJUKTA_RULES_H

#include "marks.h"

/// What is to be looked at beside spaces, controls, and all that is neither ASCII nor Bengali (U+0980 to
/// U+09FF). Bengali scalars are E0, A6 or A7, and a third byte.
typedef struct {
  /// ASCII from `ascii_low` on, and `ascii_span` more.
  uint8_t ascii_low, ascii_span;
  /// Bengali whose second byte is `alone_second` under `alone_mask`: third bytes from `alone_low` on, and
  /// `alone_span` more.
  uint8_t alone_mask, alone_second, alone_low, alone_span;
  /// One Bengali scalar, if the one behind it has one of two third bytes.
  uint8_t longer_second, longer_third, on_one, on_other;
} jukta_rules;

/// Bit i: whether `at[i]` is to be looked at, for 64 bytes. Reads 69. `carry` is 0 for the first block,
/// then what the block before left: which of the first bytes belong to its last scalar.
static inline uint64_t jukta_rule_stops(const uint8_t *at, jukta_rules rules, uint64_t *carry) {
  uint64_t high = 0, plain = 0, found = 0;
  for (int part = 0; part < 64; part += 16, at += 16) {
    const jukta_bytes first = jukta_load(at), second = jukta_load(at + 1);
    const jukta_bytes third = jukta_load(at + 2), sixth = jukta_load(at + 5);
    const jukta_bytes bengali = (jukta_bytes)(first == 0xE0) & (jukta_bytes)((second & 0xFE) == 0xA6)
      & (jukta_bytes)((third & 0xC0) == 0x80);
    const jukta_bytes alone = (jukta_bytes)((second & rules.alone_mask) == rules.alone_second)
      & (jukta_bytes)(third - rules.alone_low <= rules.alone_span);
    const jukta_bytes longer = (jukta_bytes)(second == rules.longer_second)
      & (jukta_bytes)(third == rules.longer_third)
      & ((jukta_bytes)(sixth == rules.on_one) | (jukta_bytes)(sixth == rules.on_other));
    const jukta_bytes ascii = (jukta_bytes)(first <= 0x20) | (jukta_bytes)(first == 0x7F)
      | (jukta_bytes)(first - rules.ascii_low <= rules.ascii_span);
    high |= jukta_bits((jukta_bytes)(first >= 0x80)) << part;
    plain |= jukta_bits(bengali) << part;
    found |= jukta_bits(ascii | (bengali & (alone | longer))) << part;
  }
  const uint64_t covered = plain | plain << 1 | plain << 2 | *carry;
  *carry = plain >> 63 | plain >> 62;
  return found | (high & ~covered);
}

#endif
