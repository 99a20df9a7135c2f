/// The version of this library and of the command.
public enum JuktaVersion {
  /// As `jukta --version` says it and recipe.json records it.
  public static let current = "0.1.0"
}
