#if __has_include(<snappy-c.h>)
#include <snappy-c.h>
#else
#error "snappy-c.h not found: install libsnappy-dev (Debian, Ubuntu: apt-get install libsnappy-dev)"
#endif
