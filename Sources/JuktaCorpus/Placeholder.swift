internal import CJuktaJSON
internal import CZlib
internal import CZstd
