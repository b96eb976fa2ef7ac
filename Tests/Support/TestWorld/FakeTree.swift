import SystemPackage

/// Files, folders and links in memory, each as it is and as a disk would have it after the power failed.
struct FakeTree: Sendable {
  /// The number of a node.
  typealias ID = UInt64

  /// What a node is, with what it holds now.
  enum Content: Sendable {
    case file([UInt8])
    case folder([String: ID])
    case link(String)
  }

  /// A file, a folder or a link.
  struct Node: Sendable {
    var content: Content
    /// What has been flushed of it: a file's bytes, a folder's names.
    var flushed: Content
    var isReadOnly = false
    var modified: Int64
    var changed: Int64
  }

  /// Where a path leads: a name in a folder, and what has that name.
  struct Place: Sendable {
    let folder: ID
    let name: String
    let node: ID?
  }

  static let top: ID = 1

  private(set) var nodes: [ID: Node] = [:]
  private var lastID = top
  /// In nanoseconds since 1970.
  var now: Int64 = 1_700_000_000_000_000_000
  /// How far each change moves the time on.
  var tick: Int64 = 1_000_000

  init() { nodes[Self.top] = Node(content: .folder([:]), flushed: .folder([:]), modified: now, changed: now) }

  // MARK: Looking

  /// Follows a path; a relative one starts at the top.
  func place(_ path: FilePath, following: Bool = true) throws(Errno) -> Place {
    try walk(Self.parts(path.string), from: [Self.top], following: following, links: 0)
  }

  /// What is at a path.
  func node(_ path: FilePath, following: Bool = true) throws(Errno) -> (id: ID, node: Node)? {
    let place = try place(path, following: following)
    return place.node.flatMap { id in nodes[id].map { (id, $0) } }
  }

  /// The names in a folder.
  func entries(of id: ID) -> [String: ID]? {
    if case .folder(let entries)? = nodes[id]?.content { entries } else { nil }
  }

  /// The bytes of a file.
  func bytes(of id: ID) -> [UInt8]? {
    if case .file(let bytes)? = nodes[id]?.content { bytes } else { nil }
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init).filter { $0 != "." }
  }

  private func walk(_ parts: [String], from start: [ID], following: Bool, links: Int) throws(Errno) -> Place {
    var stack = start
    for (index, part) in parts.enumerated() {
      guard let folder = stack.last, let entries = entries(of: folder) else { throw .notDirectory }
      if part == ".." {
        if stack.count > 1 { stack.removeLast() }
        continue
      }
      let isLast = index == parts.count - 1
      guard let child = entries[part] else {
        guard isLast else { throw .noSuchFileOrDirectory }
        return Place(folder: folder, name: part, node: nil)
      }
      if case .link(let target)? = nodes[child]?.content, !isLast || following {
        guard links < 40 else { throw .tooManySymbolicLinkLevels }
        return try walk(
          Self.parts(target) + parts[(index + 1)...], from: target.hasPrefix("/") ? [Self.top] : stack,
          following: following, links: links + 1)
      }
      if isLast { return Place(folder: folder, name: part, node: child) }
      stack.append(child)
    }
    return Place(folder: stack.count > 1 ? stack[stack.count - 2] : Self.top, name: "", node: stack.last)
  }

  // MARK: Changing

  /// Makes a node and gives it a name.
  mutating func make(_ content: Content, at place: Place) -> ID {
    now += tick
    lastID += 1
    let empty: Content =
      switch content {
      case .file: .file([])
      case .folder: .folder([:])
      case .link(let target): .link(target)
      }
    nodes[lastID] = Node(content: content, flushed: empty, modified: now, changed: now)
    setEntry(place.name, of: place.folder, to: lastID)
    return lastID
  }

  /// Gives a name to a node, or takes the name away.
  mutating func setEntry(_ name: String, of folder: ID, to node: ID?) {
    guard case .folder(var entries)? = nodes[folder]?.content else { return }
    now += tick
    entries[name] = node
    nodes[folder]?.content = .folder(entries)
    nodes[folder]?.modified = now
    nodes[folder]?.changed = now
    if let node { nodes[node]?.changed = now }
  }

  /// Gives a file other bytes.
  mutating func setBytes(_ bytes: [UInt8], of id: ID) {
    now += tick
    nodes[id]?.content = .file(bytes)
    nodes[id]?.modified = now
    nodes[id]?.changed = now
  }

  /// Adds bytes to a file.
  mutating func append(_ bytes: UnsafeRawBufferPointer, to id: ID) {
    guard case .file(var all)? = nodes[id]?.content else { return }
    nodes[id]?.content = .file([])
    all.append(contentsOf: bytes)
    setBytes(all, of: id)
  }

  mutating func makeReadOnly(_ id: ID) {
    now += tick
    nodes[id]?.isReadOnly = true
    nodes[id]?.changed = now
  }

  mutating func setModified(_ time: Int64, of id: ID) {
    now += tick
    nodes[id]?.modified = time
    nodes[id]?.changed = now
  }

  /// Makes what a node holds now durable; of a folder also the names that lead to it, as filesystems do.
  mutating func flush(_ id: ID) {
    guard let content = nodes[id]?.content else { return }
    nodes[id]?.flushed = content
    var child = id
    while entries(of: child) != nil, let (parent, name) = parent(of: child) {
      if case .folder(var names)? = nodes[parent]?.flushed {
        names[name] = child
        nodes[parent]?.flushed = .folder(names)
      }
      child = parent
    }
  }

  private func parent(of child: ID) -> (ID, String)? {
    for id in nodes.keys {
      if let name = entries(of: id)?.first(where: { $0.value == child })?.key { return (id, name) }
    }
    return nil
  }

  // MARK: After the power failed

  /// What the disk has afterwards.
  mutating func lose(_ survival: Survival) {
    var coin = Coin(survival)
    let before = self
    for id in nodes.keys.sorted() {
      guard let node = nodes[id] else { continue }
      let content: Content =
        switch (node.content, node.flushed) {
        case (.file(let bytes), .file(let flushed)): .file(survival.bytes(now: bytes, flushed: flushed, &coin))
        case (.folder(let entries), .folder(let flushed)):
          .folder(survival.names(now: entries, flushed: flushed, &coin) { self.entries(of: $0) != nil })
        default: node.content
        }
      nodes[id]?.content = content
      nodes[id]?.flushed = content
    }
    // A file that was moved has its old name, its new one or both, but not neither.
    let named = names(\.content).keys
    let moved = before.names(\.content)
    for (id, place) in before.names(\.flushed) where !named.contains(id) && moved[id] != nil {
      guard case .folder(var entries)? = nodes[place.folder]?.content else { continue }
      entries[place.name] = id
      nodes[place.folder]?.content = .folder(entries)
      nodes[place.folder]?.flushed = .folder(entries)
    }
  }

  private func names(_ state: KeyPath<Node, Content>) -> [ID: (folder: ID, name: String)] {
    var names: [ID: (folder: ID, name: String)] = [:]
    for (folder, node) in nodes {
      guard case .folder(let entries) = node[keyPath: state] else { continue }
      for (name, id) in entries { names[id] = (folder, name) }
    }
    return names
  }
}
