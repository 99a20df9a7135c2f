#include "CJuktaJSON.h"

#if __has_include(<simdjson.h>)
#include <simdjson.h>
#else
#error "simdjson.h not found: install libsimdjson-dev (Debian, Ubuntu: apt-get install libsimdjson-dev)"
#endif

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <vector>

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// The memory of one parser, reused for every record.
struct jukta_json_parser {
  simdjson::dom::parser parser;
  std::vector<jukta_text> warnings, categories, fields;
  std::vector<jukta_line_language> lines;
  // A line whose numbers no parser holds, with zeros in their place.
  std::vector<char> tamed;
  const char *detail = "";
};

static jukta_text text_of(std::string_view view) {
  return {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
}

static const char *kind_of(element value) {
  switch (value.type()) {
    case simdjson::dom::element_type::ARRAY: return "an array";
    case simdjson::dom::element_type::OBJECT: return "an object";
    case simdjson::dom::element_type::STRING: return "text";
    case simdjson::dom::element_type::BOOL: return "a boolean";
    case simdjson::dom::element_type::NULL_VALUE: return "null";
    default: return "a number";
  }
}

// A list of strings; false where the value is not one. Other items are passed over.
static bool read_texts(simdjson::simdjson_result<element> value, std::vector<jukta_text> &texts) {
  texts.clear();
  array items;
  if (value.get(items)) return false;
  for (element item : items) {
    std::string_view text;
    if (!item.get(text)) texts.push_back(text_of(text));
  }
  return true;
}

static bool read_lines(object metadata, std::vector<jukta_line_language> &lines) {
  lines.clear();
  array items;
  // The hub's form of 22.01 says line_identifications.
  if (metadata["sentence_identifications"].get(items) &&
      metadata["line_identifications"].get(items)) {
    return false;
  }
  for (element item : items) {
    jukta_line_language line = {{nullptr, 0}, 0};
    std::string_view label;
    object entry;
    if (!item.get(entry) && !entry["label"].get(label)) {
      line.label = text_of(label);
      if (entry["prob"].get(line.probability)) line.probability = 0;
    }
    lines.push_back(line);
  }
  return true;
}

// An empty vector may have no memory; a list that is there but empty must still not look missing.
template <typename Item>
static const Item *pointer_to(std::vector<Item> &items) {
  if (items.empty()) items.reserve(1);
  return items.data();
}

// The first of a list (HPLT), or the value itself (FineWeb).
static element first_of(element value) {
  array items;
  if (!value.get(items) && items.begin() != items.end()) return *items.begin();
  return value;
}

// What a record says outside of any metadata object: FineWeb's language and language_score, HPLT's
// lang and prob.
static void read_plain_metadata(object record, jukta_record *out) {
  element value;
  std::string_view label;
  if (!record["language"].get(value) || !record["lang"].get(value)) {
    if (!first_of(value).get(label)) out->language = text_of(label);
  }
  if (!record["language_score"].get(value) || !record["prob"].get(value)) {
    out->has_probability = !first_of(value).get(out->probability);
  }
}

static void read_metadata(jukta_json_parser *parser, object record, jukta_record *out) {
  object metadata;
  // OSCAR's site says metadata, the hub meta; others have what they have in the record itself.
  if (record["metadata"].get(metadata) && record["meta"].get(metadata)) {
    read_plain_metadata(record, out);
    return;
  }
  object identification;
  if (!metadata["identification"].get(identification)) {
    std::string_view label;
    if (!identification["label"].get(label)) out->language = text_of(label);
    out->has_probability = !identification["prob"].get(out->probability);
  } else {
    read_plain_metadata(record, out);
  }
  out->has_harmful_pp = !metadata["harmful_pp"].get(out->harmful_pp);
  // 22.01 says annotation, the hub annotations, 23.01 quality_warnings.
  if (read_texts(metadata["quality_warnings"], parser->warnings) ||
      read_texts(metadata["annotation"], parser->warnings) ||
      read_texts(metadata["annotations"], parser->warnings)) {
    out->warnings = pointer_to(parser->warnings);
    out->warning_count = parser->warnings.size();
  }
  if (read_texts(metadata["categories"], parser->categories)) {
    out->categories = pointer_to(parser->categories);
    out->category_count = parser->categories.size();
  }
  if (read_lines(metadata, parser->lines)) {
    out->lines = pointer_to(parser->lines);
    out->line_count = parser->lines.size();
  }
}

// A member of this name, or of objects inside with dots between their names.
static bool find(object record, std::string_view field, element &found) {
  if (!record[field].get(found)) return true;
  size_t dot = field.find('.');
  object inner;
  if (dot == std::string_view::npos || record[field.substr(0, dot)].get(inner)) return false;
  return find(inner, field.substr(dot + 1), found);
}

// Names of the members that hold text, the longest text first.
static void list_text_fields(jukta_json_parser *parser, object record) {
  std::vector<std::pair<size_t, jukta_text>> found;
  for (auto member : record) {
    std::string_view text;
    if (!member.value.get(text)) found.push_back({text.size(), text_of(member.key)});
  }
  // Names of texts that are as long keep their order: the parser lays them out as they come.
  std::sort(found.begin(), found.end(), [](const auto &left, const auto &right) {
    return left.first != right.first ? left.first > right.first
                                     : left.second.data < right.second.data;
  });
  parser->fields.clear();
  for (const auto &[size, name] : found) parser->fields.push_back(name);
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// The end of a number as JSON writes it; `begin` where there is none.
static size_t number_end(const char *line, size_t begin, size_t count) {
  size_t at = begin;
  if (at < count && line[at] == '-') at++;
  size_t digits = at;
  while (at < count && is_digit(line[at])) at++;
  if (at == digits || (line[digits] == '0' && at > digits + 1)) return begin;
  if (at < count && line[at] == '.') {
    size_t part = ++at;
    while (at < count && is_digit(line[at])) at++;
    if (at == part) return begin;
  }
  if (at < count && (line[at] == 'e' || line[at] == 'E')) {
    at++;
    if (at < count && (line[at] == '+' || line[at] == '-')) at++;
    size_t part = at;
    while (at < count && is_digit(line[at])) at++;
    if (at == part) return begin;
  }
  return at;
}

// Writes zeros in the place of whole numbers of many digits and of those that no double holds: JSON has numbers of any
// size, the parser has not. False where nothing was changed.
static bool tame_numbers(jukta_json_parser *parser, const uint8_t *bytes, size_t count) {
  parser->tamed.assign(count + simdjson::SIMDJSON_PADDING, ' ');
  char *line = parser->tamed.data();
  std::memcpy(line, bytes, count);
  bool changed = false;
  for (size_t at = 0; at < count;) {
    if (line[at] == '"') {
      for (at++; at < count && line[at] != '"'; at++) {
        if (line[at] == '\\') at++;
      }
      at++;
    } else if (line[at] == '-' || is_digit(line[at])) {
      size_t end = number_end(line, at, count);
      bool is_whole = std::all_of(line + at, line + end, [](char byte) {
        return byte == '-' || is_digit(byte);
      });
      // Behind the line there is padding: a number ends before it.
      if (end > at && ((is_whole && end - at > 18) || std::isinf(std::strtod(line + at, nullptr)))) {
        std::memset(line + at, ' ', end - at);
        line[at] = '0';
        changed = true;
      }
      at = std::max(end, at + 1);
    } else {
      at++;
    }
  }
  return changed;
}

extern "C" {

jukta_json_parser *jukta_json_parser_create(void) { return new (std::nothrow) jukta_json_parser; }

void jukta_json_parser_free(jukta_json_parser *parser) { delete parser; }

size_t jukta_json_padding(void) { return simdjson::SIMDJSON_PADDING; }

jukta_json_status jukta_json_read(
    jukta_json_parser *parser, const uint8_t *line, size_t count, const char *field,
    jukta_record *out) {
  *out = {};
  element root;
  auto error = parser->parser.parse(line, count, false).get(root);
  if (error == simdjson::NUMBER_ERROR && tame_numbers(parser, line, count)) {
    error = parser->parser.parse(parser->tamed.data(), count, false).get(root);
  }
  if (error) {
    parser->detail = simdjson::error_message(error);
    return JUKTA_JSON_INVALID;
  }
  object record;
  if (root.get(record)) {
    parser->detail = kind_of(root);
    return JUKTA_JSON_NOT_AN_OBJECT;
  }
  element value;
  if (field == nullptr) {
    out->used_text = record["content"].get(value) && !record["text"].get(value);
  }
  bool found = field == nullptr ? out->used_text || !record["content"].get(value)
                                : find(record, field, value);
  if (!found) {
    list_text_fields(parser, record);
    return JUKTA_JSON_NO_FIELD;
  }
  std::string_view text;
  if (value.get(text)) {
    parser->detail = kind_of(value);
    return JUKTA_JSON_NOT_TEXT;
  }
  out->text = text_of(text);
  read_metadata(parser, record, out);
  return JUKTA_JSON_OK;
}

const char *jukta_json_detail(const jukta_json_parser *parser) { return parser->detail; }

const jukta_text *jukta_json_text_fields(const jukta_json_parser *parser, size_t *count) {
  *count = parser->fields.size();
  return parser->fields.data();
}

bool jukta_is_utf8(const uint8_t *bytes, size_t count) {
  return simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), count);
}
}
