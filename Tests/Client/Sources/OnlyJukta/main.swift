import Jukta

let clean = try Normalizer.preset(named: "bengali").normalize("  আমি   বাংলায়")
print(clean.text)
