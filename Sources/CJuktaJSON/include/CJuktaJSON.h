// simdjson over JSON lines, behind a C header: one record at a time, the fields that OSCAR has.
#ifndef CJUKTA_JSON_H
#define CJUKTA_JSON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

/// UTF-8 text; valid until the next record is read with the same parser.
typedef struct {
  const uint8_t *data;
  size_t count;
} jukta_text;

/// What a language identifier says of one line; `data` of the label is NULL where it said nothing.
typedef struct {
  jukta_text label;
  double probability;
} jukta_line_language;

/// One record. Lists are NULL where the record does not have them.
typedef struct {
  jukta_text text;
  /// Where no field was named: whether `text` was taken, and not `content`.
  bool used_text;
  jukta_text language;
  bool has_probability;
  double probability;
  bool has_harmful_pp;
  double harmful_pp;
  const jukta_text *warnings;
  size_t warning_count;
  const jukta_text *categories;
  size_t category_count;
  const jukta_line_language *lines;
  size_t line_count;
} jukta_record;

typedef enum {
  JUKTA_JSON_OK = 0,
  JUKTA_JSON_INVALID,
  JUKTA_JSON_NOT_AN_OBJECT,
  JUKTA_JSON_NO_FIELD,
  JUKTA_JSON_NOT_TEXT,
} jukta_json_status;

typedef struct jukta_json_parser jukta_json_parser;

/// NULL where there is no memory.
jukta_json_parser *jukta_json_parser_create(void);
void jukta_json_parser_free(jukta_json_parser *parser);

/// How many bytes behind a line must be readable, whatever they hold.
size_t jukta_json_padding(void);

/// Reads one record. The whole line is checked to be JSON and UTF-8, not only the fields read.
/// `field` names the text: a member of the record, or of objects inside it with dots between. NULL
/// stands for `content`, or `text` where the record has no such member.
/// Numbers of any length and size are read; those that no double holds count as zero.
jukta_json_status jukta_json_read(
    jukta_json_parser *parser, const uint8_t *line, size_t count, const char *field,
    jukta_record *record);

/// After a failure: what the line or the field is instead, as a word or a sentence.
const char *jukta_json_detail(const jukta_json_parser *parser);

/// After JUKTA_JSON_NO_FIELD: the names of the members that hold text, the longest first.
const jukta_text *jukta_json_text_fields(const jukta_json_parser *parser, size_t *count);

/// Whether bytes are UTF-8.
bool jukta_is_utf8(const uint8_t *bytes, size_t count);

#ifdef __cplusplus
}
#endif
#endif
