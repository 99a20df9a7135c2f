import Testing

@testable import JuktaTraining

@Suite struct `Digamma` {
  @Test(arguments: [
    (0.5, -1.963_510_026_021_423_5), (1.0, -0.577_215_664_901_532_9),
    (2.0, 0.422_784_335_098_467_1), (10.0, 2.251_752_589_066_721_1),
    (100.0, 4.600_161_852_738_087_4), (1e6, 13.815_510_057_964_19),
  ])
  func `has its known values`(_ value: Double, _ expected: Double) {
    #expect(abs(digamma(value) - expected) < 1e-9)
  }
}
