// What Swift has no word for: a hint to the processor, and comparing vectors of bytes. Headers only;
// no object code of its own.
#ifndef CJUKTA_SUPPORT_H
#define CJUKTA_SUPPORT_H

#include <stdlib.h>

/// Asks for the cache line at `address`, which may be any address, soon to be read and written.
static inline void jukta_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

/// `size` bytes of zeros, or null; to be freed by `free`. Memory that is never touched costs nothing.
static inline void *jukta_zeros(size_t size) { return calloc(1, size); }

/// Frees what `jukta_zeros` gave.
static inline void jukta_free(void *block) { free(block); }

#include "marks.h"
#include "words.h"
#include "spaces.h"
#include "rules.h"
#include "pairs.h"

#endif
