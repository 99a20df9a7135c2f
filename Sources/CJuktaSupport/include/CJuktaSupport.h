// What Swift has no word for: a hint to the processor, and comparing vectors of bytes. Headers only;
// no object code of its own.
#ifndef CJUKTA_SUPPORT_H
#define CJUKTA_SUPPORT_H

/// Asks for the cache line at `address`, which may be any address, soon to be read and written.
static inline void jukta_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#include "marks.h"

#endif
