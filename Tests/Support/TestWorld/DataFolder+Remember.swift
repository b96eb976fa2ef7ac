package import Dataset
package import Store

extension DataFolder {
  /// Writes what is known of files, if it is anything new, as what was fetched by itself.
  package func remember(_ entries: [DatasetPath: DataIndex.Entry], clock: any Clock<Duration>) async throws {
    if let news = try news(entries) { try await remember(news, clock: clock) }
  }
}
