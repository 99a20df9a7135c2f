public import ArgumentParser
public import Jukta
public import JuktaCorpus

extension OffsetUnit: ExpressibleByArgument {}
extension CorpusLayout: ExpressibleByArgument {}
