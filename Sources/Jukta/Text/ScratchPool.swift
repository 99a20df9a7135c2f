internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Scratch of one kind that is made once and used over again, by whichever thread needs some.
///
/// Frozen values hold one and share it with their copies, so that a call alone costs as little as one
/// of many. Only one a core is kept: what more threads made at once goes when they are done.
///
/// Taking and giving back are a lock each and allocate nothing once warm. The scratch must not hold
/// the value that holds the pool: neither would ever go.
final class ScratchPool<Scratch: ~Copyable>: Sendable {
  /// Used by one thread at a time: it is taken out of `idle` and put back under the lock.
  final class Holder: @unchecked Sendable {
    var scratch: Scratch
    fileprivate init(_ scratch: consuming Scratch) { self.scratch = scratch }
  }

  private let idle = Mutex<[Holder]>([])

  /// Runs `body` with scratch that nobody else uses meanwhile, taken from the pool or made anew.
  ///
  /// It goes back whether or not `body` throws: who uses it resets it first.
  func use<Result, Failure: Error>(
    orMake make: () throws(Failure) -> Scratch,
    _ body: (inout Scratch) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let holder = try take(orMake: make)
    defer { giveBack(holder) }
    return try body(&holder.scratch)
  }

  /// Scratch to be given back, for those who hold it longer than one call.
  func take<Failure: Error>(orMake make: () throws(Failure) -> Scratch) throws(Failure) -> Holder {
    if let holder = idle.withLock({ $0.popLast() }) { return holder }
    return Holder(try make())
  }

  /// Gives back what was taken; the caller must not use it any more.
  func giveBack(_ holder: Holder) {
    idle.withLock { idle in
      if idle.count < Processors.count { idle.append(holder) }
    }
  }

  /// How much scratch waits; for tests.
  var idleCount: Int { idle.withLock { $0.count } }
}

/// The processors of this machine.
enum Processors {
  /// How many run; asked once, since asking reads a file.
  static let count = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
