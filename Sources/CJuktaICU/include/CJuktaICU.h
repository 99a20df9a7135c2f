#ifndef CJUKTA_ICU_H
#define CJUKTA_ICU_H

// The few ICU calls that Jukta makes. No ICU type appears here: see Documentation/decisions/0002.
// Scalars are uint32_t, UTF-16 text is uint16_t, statuses and lengths are int32_t.
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The version of ICU that is linked, as "72.1".
const char *jukta_icu_version(void);

// Properties of one scalar.

/// The full (recursive) decomposition of `scalar`, canonical or, with `compatible`, compatibility.
/// Writes at most `capacity` scalars; returns how many there are, or 0 where it has none.
int32_t jukta_icu_decompose(uint32_t scalar, int32_t compatible, uint32_t *out, int32_t capacity);
/// The canonical composition of two scalars, or a negative number.
int32_t jukta_icu_compose(uint32_t first, uint32_t second);
/// Canonical_Combining_Class.
int32_t jukta_icu_combining_class(uint32_t scalar);
/// Whether a normal form (NFC, with `compatible` NFKC) never looks back across this scalar.
int32_t jukta_icu_has_boundary_before(uint32_t scalar, int32_t compatible);
/// Age, as major * 256 + minor; 0 where unassigned.
int32_t jukta_icu_age(uint32_t scalar);
/// The simple lower case mapping.
uint32_t jukta_icu_lowercase(uint32_t scalar);
/// The simple case folding, without the Turkic mappings.
uint32_t jukta_icu_fold(uint32_t scalar);
/// The general category as a bit mask (U_MASK of UCharCategory).
uint32_t jukta_icu_category_mask(uint32_t scalar);
/// Writes the general category (a UCharCategory) of each scalar below `count`.
void jukta_icu_categories(uint8_t *out, uint32_t count);

/// Normalises UTF-16 text in one call: form 0 NFC, 1 NFD, 2 NFKC, 3 NFKD.
/// Returns the length of the result, also where it exceeds `capacity`; negative on failure.
int32_t jukta_icu_normalize(int32_t form, const uint16_t *text, int32_t count, uint16_t *out,
                            int32_t capacity);

// Sets of scalars.

/// The set that a pattern in brackets stands for, with `ignores_case` closed over case: where membership
/// turns, by turns, ascending. Writes at most `capacity` turns; returns how many there are, negative where
/// the pattern is none of a set. `has_strings` says whether it holds texts of several scalars beside.
int32_t jukta_icu_set_turns(const uint16_t *pattern, int32_t count, int32_t ignores_case,
                            uint32_t *out, int32_t capacity, int32_t *has_strings);

// Regular expressions over UTF-16.

typedef struct jukta_icu_regex jukta_icu_regex;

/// Compiles a pattern; null on failure, then `message` names the cause and `position` the place.
jukta_icu_regex *jukta_icu_regex_open(const uint16_t *pattern, int32_t count, const char **message,
                                      int32_t *position);
void jukta_icu_regex_close(jukta_icu_regex *regex);
/// Sets the text, which must stay alive and unchanged while matches are drawn. 0 on success.
/// All matches of it together may take so many steps as a text of its length needs at worst, and no more.
int32_t jukta_icu_regex_set_text(jukta_icu_regex *regex, const uint16_t *text, int32_t count);
/// The next match: 1 and its range, 0 where there is none; JUKTA_ICU_REGEX_… where the search gave up.
int32_t jukta_icu_regex_next(jukta_icu_regex *regex, int32_t *start, int32_t *end);

/// Too many steps; too many places to go back to; anything else.
#define JUKTA_ICU_REGEX_TIME (-1)
#define JUKTA_ICU_REGEX_STACK (-2)
#define JUKTA_ICU_REGEX_OTHER (-3)

// Transliteration over UTF-16.

typedef struct jukta_icu_transliterator jukta_icu_transliterator;

/// The transliterator of a name in ASCII, as "Beng-Latn"; null where ICU has none.
jukta_icu_transliterator *jukta_icu_transliterator_open(const char *name);
void jukta_icu_transliterator_close(jukta_icu_transliterator *transliterator);
/// Rewrites the first `count` of `capacity` units in place. Returns the new length, which exceeds
/// `capacity` where there was too little room; negative on failure.
int32_t jukta_icu_transliterate(const jukta_icu_transliterator *transliterator, uint16_t *text,
                                int32_t count, int32_t capacity);

#ifdef __cplusplus
}
#endif
#endif
