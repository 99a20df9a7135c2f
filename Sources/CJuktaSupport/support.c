#include "CJuktaSupport.h"
