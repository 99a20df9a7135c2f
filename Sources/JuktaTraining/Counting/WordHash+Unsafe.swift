/// Hashes a run of bytes: folded 128-bit multiplies over 8-byte loads, as in wyhash.
///
/// The seed is fixed, so tables look the same in each run; nothing that leaves the library may
/// depend on their order all the same.
///
/// Soundness: reads only `start[0..<count]`. Each load is inside: up to 3 bytes one by one, 4–8 by
/// two 4-byte loads from both ends, 9–16 by two 8-byte loads from both ends, and beyond that 16 at a
/// time while more than 16 remain, then the last 16.
@inline(__always)
func wordHash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
  let raw = UnsafeRawPointer(start)
  var seed: UInt64 = 0xA076_1D64_78BD_642F
  let first: UInt64
  let second: UInt64
  if count <= 16 {
    if count > 8 {
      first = raw.loadUnaligned(as: UInt64.self)
      second = (raw + (count - 8)).loadUnaligned(as: UInt64.self)
    } else if count >= 4 {
      first = UInt64(raw.loadUnaligned(as: UInt32.self))
      second = UInt64((raw + (count - 4)).loadUnaligned(as: UInt32.self))
    } else if count > 0 {
      first = UInt64(start[0]) << 16 | UInt64(start[count >> 1]) << 8 | UInt64(start[count - 1])
      second = 0
    } else {
      first = 0
      second = 0
    }
  } else {
    var offset = 0
    while count - offset > 16 {
      seed = folded(
        (raw + offset).loadUnaligned(as: UInt64.self) ^ 0xE703_7ED1_A0B4_28DB,
        (raw + offset + 8).loadUnaligned(as: UInt64.self) ^ seed)
      offset += 16
    }
    first = (raw + (count - 16)).loadUnaligned(as: UInt64.self)
    second = (raw + (count - 8)).loadUnaligned(as: UInt64.self)
  }
  return folded(
    0x8EBC_6AF0_9C88_C6E3 ^ UInt64(truncatingIfNeeded: count),
    folded(first ^ 0xE703_7ED1_A0B4_28DB, second ^ seed))
}

@inline(__always)
private func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
  let product = left.multipliedFullWidth(by: right)
  return product.high ^ product.low
}
