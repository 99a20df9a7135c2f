#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib.h not found: install zlib1g-dev (Debian, Ubuntu: apt-get install zlib1g-dev)"
#endif
