// What the .c files share: ICU's headers, or one sentence that says how to get them.
#if __has_include(<unicode/uversion.h>)
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uregex.h>
#include <unicode/uset.h>
#include <unicode/utrans.h>
#include <unicode/utf16.h>
#include <unicode/uversion.h>
#else
#error "ICU headers not found: install libicu-dev (Debian, Ubuntu: apt-get install libicu-dev)"
#endif

#include "CJuktaICU.h"
