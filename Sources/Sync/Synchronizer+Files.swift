internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store
internal import SystemPackage

/// Files that are downloaded as they are: brought here, then given their names many at a time.
extension Synchronizer {
  /// Brings files of the same bytes here, from the store or by a download, and makes copies of them ready.
  func load(_ bundle: SyncWork.Bundle, _ restricted: Set<DatasetItem>) async -> Shipment {
    var shipment = Shipment()
    var rest = bundle.files
    // The store is asked again: another sync may have downloaded it since the plan was made.
    var stored = bundle.object
    do throws(FileError) {
      for (file, _) in rest { try folder.removeBrokenLink(at: file.path) }
      if stored == nil, let wanted = rest[0].file.checksums { stored = try store.object(wanted) }
    } catch {
      return Shipment(rest.map { SyncOutcome($0.file, .failed, diagnostic: error.diagnostic) })
    }
    if let object = stored {
      rest = rest.filter { file, setsAside in
        !take(object, for: file, setsAside: setsAside, as: .reused, into: &shipment)
      }
      if !rest.isEmpty { remove(object, for: rest[0].file, &shipment) }
    }
    guard let first = rest.first?.file else { return shipment }
    let warning = stored.map { _ in Diagnostic.damaged(first) }
    // Equal bytes may have several origins: each is tried, until one of them gives the bytes.
    var failures: [SyncOutcome] = []
    for (file, _) in rest {
      guard let download = Download(file, isRestricted: restricted.contains(file.item)) else { continue }
      do throws(DownloadTrouble) {
        switch try await downloader.supply(of: download, observer: { observer(.transfer($0)) }) {
        case .arrived(let arrival): take(arrival, for: rest, warning, into: &shipment)
        case .stored(let object):
          for (file, setsAside) in rest
          where !take(object, for: file, setsAside: setsAside, as: .reused, into: &shipment) {
            shipment.outcomes.append(SyncOutcome(file, .failed, diagnostic: .vanished(file)))
          }
        }
        return shipment
      } catch {
        failures.append(
          SyncOutcome(
            file, .failed, diagnostic: error.diagnostic(for: download), lacksToken: error.failure.isAboutToken,
            tries: error.count))
      }
    }
    shipment.outcomes += failures
    return shipment
  }

  /// Makes what has come ready: the first file gets the bytes themselves, the others and the store copies.
  private func take(
    _ arrival: Arrival, for files: [(file: LockedFile, setsAside: Bool)], _ warning: Diagnostic?,
    into shipment: inout Shipment
  ) {
    let intake = arrival.intake
    // These very bytes have been hashed.
    var here = StoredObject(checksums: arrival.checksums, path: intake.draft.path, isSealed: true)
    var rest = files[...]
    do throws(FileError) {
      if !linkMode.sharesFile, case (let file, false)? = rest.first,
        let prepared = try folder.prepare(
          intake, at: file.path, as: arrival.checksums.completed(by: file.checksums ?? arrival.checksums))
      {
        do throws(FileError) {
          if keepsCopies { shipment.entry = try store.copy(of: intake, as: arrival.checksums, by: linkMode) }
        } catch {
          // The file matters more than the store's copy of it.
          guard error.isFull else { throw error }
          shipment.lost = error
        }
        shipment.items.append(
          Shipment.Item(
            file: file, prepared: prepared, intake: intake, fate: .downloaded, checksums: arrival.checksums,
            warning: warning, received: arrival.checksums.size ?? 0))
        rest = rest.dropFirst()
      } else {
        here = try store.add(intake, as: arrival.checksums)
      }
    } catch {
      intake.discard()
      shipment.outcomes += files.map { SyncOutcome($0.file, .failed, diagnostic: error.diagnostic) }
      return
    }
    for (index, item) in zip(rest.indices, rest) {
      let isTaken = take(
        here, for: item.file, setsAside: item.setsAside, as: .downloaded, warning,
        received: index == 0 ? arrival.checksums.size ?? 0 : 0, into: &shipment)
      if !isTaken {
        shipment.outcomes.append(SyncOutcome(item.file, .failed, diagnostic: .vanished(item.file)))
      }
    }
  }

  /// Makes a copy ready, or places it at once where something must give way; false when the bytes are gone
  /// or turned out not to be the wanted ones.
  private func take(
    _ object: StoredObject, for file: LockedFile, setsAside: Bool, as fate: SyncOutcome.Fate,
    _ warning: Diagnostic? = nil, received: Int64 = 0, into shipment: inout Shipment
  ) -> Bool {
    let wanted = file.checksums ?? object.checksums
    do throws(FileError) {
      guard !setsAside else {
        guard
          let outcome = try placed(
            object, for: file, setsAside: true, as: fate, warning, received: received)
        else { return false }
        shipment.outcomes.append(outcome)
        return true
      }
      guard let prepared = try folder.prepare(object, at: file.path, expecting: wanted, by: linkMode) else {
        return false
      }
      shipment.items.append(
        Shipment.Item(
          file: file, prepared: prepared, fate: fate, checksums: object.checksums.completed(by: wanted),
          warning: warning, received: received))
    } catch {
      shipment.outcomes.append(SyncOutcome(file, .failed, diagnostic: error.diagnostic))
    }
    return true
  }

  /// Makes a file of metadata ready, or places it at once where something must give way.
  func write(_ file: LockedFile, setsAside: Bool) -> Shipment {
    guard case .text(let bytes, let checksums) = file.content else { return Shipment() }
    do throws(FileError) {
      let prepared = try folder.prepare(bytes, at: file.path, as: checksums)
      guard setsAside else {
        var shipment = Shipment()
        shipment.items.append(
          Shipment.Item(file: file, prepared: prepared, fate: .written, checksums: checksums, warning: nil, received: 0)
        )
        return shipment
      }
      let placement = try folder.place(prepared, at: file.path, settingAside: true)
      return Shipment([
        SyncOutcome(
          file, .written, entry: placement.entry, checksums: checksums,
          diagnostic: placement.setAside.map { .setAside(file, at: $0.string) })
      ])
    } catch {
      guard error.operation == .place, error.reason == .fileExists else {
        return Shipment([SyncOutcome(file, .failed, diagnostic: error.diagnostic)])
      }
      return Shipment([outcome(ofRaceFor: file)])
    }
  }

  /// Takes an object that is damaged out of the store.
  private func remove(_ object: StoredObject, for file: LockedFile, _ shipment: inout Shipment) {
    do throws(FileError) { try store.remove(object) } catch {
      shipment.outcomes.append(SyncOutcome(file, .failed, diagnostic: error.diagnostic))
    }
  }

  /// The second stage: gives everything its name.
  func deliver(_ shipment: Shipment, _ commit: GroupCommit) async -> [SyncOutcome] {
    // The store's first: a file that is in place is not looked for there any more.
    let entries = shipment.entry?.publications ?? []
    let publications = entries + shipment.items.map(\.prepared.publication)
    guard !publications.isEmpty else { return shipment.outcomes }
    let errors = await commit.publish(publications)
    shipment.entry?.close()
    let lost = shipment.lost ?? errors.prefix(entries.count).compactMap { $0 }.first
    return shipment.outcomes
      + zip(shipment.items, errors.dropFirst(entries.count)).map { outcome(of: $0, $1, lost) }
  }

  private func outcome(of item: Shipment.Item, _ error: FileError?, _ lost: FileError?) -> SyncOutcome {
    do throws(FileError) {
      let entry = try folder.conclude(item.prepared, isPublished: error == nil, of: item.intake)
      if let error { throw error }
      // The file is in place; that the store has not kept it costs another download some day.
      var warning = lost?.diagnostic
      warning?.severity = .warning
      return SyncOutcome(
        item.file, item.fate, entry: entry, checksums: item.checksums, diagnostic: item.warning ?? warning,
        received: item.received)
    } catch {
      guard error.operation == .place, error.reason == .fileExists else {
        return SyncOutcome(item.file, .failed, diagnostic: error.diagnostic)
      }
      return outcome(ofRaceFor: item.file)
    }
  }
}
