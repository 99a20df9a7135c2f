import Foundation
import Jukta

// Foundation on Linux carries an ICU of its own, whose C types clash with the system's where both
// are seen: only a debug build shows it.
let clean = try Normalizer.preset(named: "nfkc").normalize("ﬁ ৎ")
print(clean.text.replacingOccurrences(of: "fi", with: "FI"), Date(timeIntervalSince1970: 0))
