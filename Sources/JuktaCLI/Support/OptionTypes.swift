public import ArgumentParser
public import Jukta

extension OffsetUnit: ExpressibleByArgument {}
