extension OnigurumaPattern {
  /// `\p{name}`, from its brace on.
  mutating func property(isNegated: Bool, _ start: Int) throws(Failure) -> Escaped {
    place += 1
    let isTurned = take("^")
    var name = ""
    while let scalar = peek(), scalar != "}" {
      // Case, spaces, hyphens and underscores do not count.
      if scalar != " ", scalar != "-", scalar != "_" {
        name += scalar.properties.lowercaseMapping
      }
      place += 1
    }
    guard take("}") else { throw failure("a property without its end", at: start) }
    guard let members = Self.members(ofProperty: name) else {
      throw failure("an invalid property name {\(name)}", at: start)
    }
    return .set(members, isNegated: isNegated != isTurned)
  }

  private static func members(ofProperty name: String) -> String? {
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ "a"..."z" ~= $0 || "0"..."9" ~= $0 })
    else { return nil }
    switch name {
    case "any": return "\\x{0}-\\x{10FFFF}"
    case "assigned": return "\\P{Cn}"
    // Here symbols are none, unlike in [[:punct:]].
    case "punct": return "\\p{P}"
    case "posixpunct": return "\\p{P}\\p{S}"
    default: break
    }
    if let posix = posixSets[name] { return posix }
    if categories.contains(name) { return "\\p{gc=\(name)}" }
    if binaryProperties.contains(name) { return "\\p{\(name)}" }
    if name.hasPrefix("in"), name.utf8.count > 2, !scriptsWithIn.contains(name) {
      return "\\p{blk=\(name.dropFirst(2))}"
    }
    return "\\p{sc=\(name)}"
  }

  /// Scripts whose names begin as those of blocks do.
  private static let scriptsWithIn: Set<String> = [
    "inherited", "inscriptionalpahlavi", "inscriptionalparthian",
  ]

  private static let categories: Set<String> = Set(
    """
    c cc cf cn co cs l lc ll lm lo lt lu m mc me mn n nd nl no p pc pd pe pf pi po ps s sc sk sm so \
    z zl zp zs other control format unassigned privateuse surrogate letter casedletter \
    lowercaseletter modifierletter otherletter titlecaseletter uppercaseletter mark combiningmark \
    spacingmark enclosingmark nonspacingmark number decimalnumber letternumber othernumber \
    punctuation connectorpunctuation dashpunctuation closepunctuation finalpunctuation \
    initialpunctuation otherpunctuation openpunctuation symbol currencysymbol modifiersymbol \
    mathsymbol othersymbol separator lineseparator paragraphseparator spaceseparator
    """.split(separator: " ").map(String.init))

  private static let binaryProperties: Set<String> = Set(
    """
    alphabetic asciihexdigit ahex bidicontrol bidic bidimirrored bidim cased caseignorable ci \
    changeswhencasefolded cwcf changeswhencasemapped cwcm changeswhenlowercased cwl \
    changeswhentitlecased cwt changeswhenuppercased cwu dash defaultignorablecodepoint di deprecated \
    dep diacritic dia emoji emojicomponent ecomp emojimodifier emod emojimodifierbase ebase \
    emojipresentation epres extendedpictographic extpict extender ext graphemebase grbase \
    graphemeextend grext hexdigit hex idcontinue idc idstart ids ideographic ideo joincontrol joinc \
    logicalorderexception loe lowercase math noncharactercodepoint nchar patternsyntax patsyn \
    patternwhitespace patws quotationmark qmark radical regionalindicator ri sentenceterminal sterm \
    softdotted sd terminalpunctuation term unifiedideograph uideo uppercase variationselector vs \
    whitespace wspace xidcontinue xidc xidstart xids
    """.split(separator: " ").map(String.init))
}
