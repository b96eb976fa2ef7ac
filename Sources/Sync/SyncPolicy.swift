/// What a sync may do where there is a choice.
package struct SyncPolicy: Hashable, Sendable {
  /// Files with other bytes give way.
  package var repairs = false
  /// Restricted maps that are not there are left out.
  package var skipsRestricted = false
  /// Files of an atlas that nothing is known of are taken as they are.
  package var acceptsUnverified = false

  /// Files that the project has placed and wants no more go.
  package var prunes = false

  /// Overwrite nothing, leave out nothing, believe nothing.
  package init() {}
}
