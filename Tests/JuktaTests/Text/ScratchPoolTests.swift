import Testing

@testable import Jukta

@Suite("Scratch pool")
struct ScratchPoolTests {
  /// Scratch that counts what is made and what goes.
  private struct Counted: ~Copyable {
    final class Tally: @unchecked Sendable {
      var made = 0
      var gone = 0
    }
    let tally: Tally
    var uses = 0
    init(_ tally: Tally) {
      self.tally = tally
      tally.made += 1
    }
    deinit { tally.gone += 1 }
  }

  private struct Refused: Error, Equatable {}

  @Test("Scratch is made once and used over again")
  func reuse() {
    let tally = Counted.Tally()
    let pool = ScratchPool<Counted>()
    var uses: [Int] = []
    for _ in 0..<5 {
      uses.append(
        pool.use(orMake: { Counted(tally) }) { scratch in
          scratch.uses += 1
          return scratch.uses
        })
    }
    #expect(uses == [1, 2, 3, 4, 5])
    #expect(tally.made == 1)
    #expect(pool.idleCount == 1)
  }

  @Test("Scratch in use is never handed to another, and at most one a core is kept")
  func exclusive() {
    let tally = Counted.Tally()
    let pool = ScratchPool<Counted>()
    let wanted = Processors.count + 3
    var holders = (0..<wanted).map { _ in pool.take(orMake: { Counted(tally) }) }
    #expect(Set(holders.map(ObjectIdentifier.init)).count == wanted)
    #expect(tally.made == wanted)
    holders.forEach(pool.giveBack)
    holders = []
    #expect(pool.idleCount == Processors.count)
    #expect(tally.gone == 3)
  }

  @Test("Scratch comes back when its user throws, and is not made where making throws")
  func failures() {
    let tally = Counted.Tally()
    let pool = ScratchPool<Counted>()
    func refuse(_ makes: Bool) throws(Refused) -> Int {
      try pool.use(
        orMake: { () throws(Refused) -> Counted in
          if !makes { throw Refused() }
          return Counted(tally)
        },
        { (scratch: inout Counted) throws(Refused) -> Int in throw Refused() })
    }
    #expect(throws: Refused()) { try refuse(false) }
    #expect(pool.idleCount == 0)
    #expect(throws: Refused()) { try refuse(true) }
    #expect(pool.idleCount == 1)
    #expect(tally.made == 1)
  }

  @Test("The pool lets its scratch go when it goes itself")
  func release() {
    let tally = Counted.Tally()
    do {
      let pool = ScratchPool<Counted>()
      pool.use(orMake: { Counted(tally) }) { $0.uses += 1 }
      #expect(tally.gone == 0)
    }
    #expect(tally.gone == 1)
  }
}
