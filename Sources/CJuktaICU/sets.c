#include "icu.h"

int32_t jukta_icu_set_turns(const uint16_t *pattern, int32_t count, int32_t ignores_case,
                            uint32_t *out, int32_t capacity, int32_t *has_strings) {
  UErrorCode status = U_ZERO_ERROR;
  uint32_t options = ignores_case ? USET_CASE_INSENSITIVE : 0;
  USet *set = uset_openPatternOptions(pattern, count, options, &status);
  if (U_FAILURE(status)) return -1;
  int32_t turns = 0;
  *has_strings = 0;
  int32_t items = uset_getItemCount(set);
  for (int32_t item = 0; item < items; item++) {
    UChar32 start, end;
    // A length of 0 says that the item is a range; strings, which case may bring in, are left out.
    if (uset_getItem(set, item, &start, &end, NULL, 0, &status) != 0) {
      status = U_ZERO_ERROR;
      *has_strings = 1;
      continue;
    }
    if (turns < capacity) out[turns] = (uint32_t)start;
    if (turns + 1 < capacity) out[turns + 1] = (uint32_t)end + 1;
    turns += 2;
  }
  uset_close(set);
  return turns;
}
