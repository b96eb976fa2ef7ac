internal import Dataset
package import Diagnostics

extension ImageFinding {
  /// The finding as a person reads it.
  ///
  /// - Parameter file: what the image is called: a path, or, for both halves of a map, the map's name.
  package func diagnostic(_ file: String) -> Diagnostic {
    let name = "`\(file)`"
    var diagnostic =
      switch problem {
      case .unreadable(let failure):
        Diagnostic(.imageUnreadable, "cannot read the image \(name)", causes: [failure.words], hints: failure.hints)
      case .wrongFormat(let format, let named): Self.format(name, format, named)
      case .wrongVertexCount(let count, let expected, let densities): Self.vertices(name, count, expected, densities)
      case .wrongVoxelSize(let sizes, let expected): Self.voxels(name, sizes, expected)
      case .besideBrain(let box, let brain): Self.beside(name, box, brain)
      case .partOfBrain(let box, let brain): Self.part(name, box, brain)
      case .wrongHemisphere(let found, let named): Self.half(name, found, named)
      case .nonFinite(let count, let all): Self.nonFinite(name, count, all)
      case .constant(let value):
        Diagnostic(
          .imageConstant, "all values of \(name) are the same", notes: ["each is \(value)"], hints: [Self.askMaker])
      case .empty: Diagnostic(.imageEmpty, "\(name) is empty: all values are zero", hints: [Self.askMaker])
      case .severalMaps(let count): Self.several(name, count)
      case .oddShape(let shape): Self.shape(name, shape)
      case .absurdValues(let largest): Self.absurd(name, largest)
      case .sameHalves:
        Diagnostic(
          .imageSameHalves, "left and right of \(name) are the same",
          notes: ["no brain is: one of the two files stands for the other"], hints: [Self.askMaker])
      }
    if case .unreadable = problem {} else { diagnostic.severity = .warning }
    if let known {
      diagnostic.notes.append("this is known: \(known)")
      diagnostic.hints = ["nothing is wrong with your copy; mind it when you use the map"]
    }
    return diagnostic
  }

  private static let askMaker = "look at it before you use it; if the file is the locked one, its maker can tell"

  private static func format(_ name: String, _ format: ImageFormat, _ named: MapFormat) -> Diagnostic {
    Diagnostic(
      .imageWrongFormat, "\(name) is a \(format.mapFormat.rawValue), and its name says \(named.rawValue)",
      notes: ["it holds \(format.mapFormat == .surface ? "GIfTI" : "NIfTI")"],
      hints: ["give the file the name of what it is: `den-` for a surface, `res-` for a volume"])
  }

  private static func vertices(
    _ name: String, _ count: Int, _ expected: Int, _ densities: [SurfaceDensity]
  ) -> Diagnostic {
    let owner = densities.isEmpty ? "no known surface" : densities.map { "`\($0)`" }.joined(separator: ", ")
    let density = densities.first { $0.vertices == count }?.label
    return Diagnostic(
      .imageWrongVertexCount, "\(name) has the vertices of another density",
      notes: ["its name says \(expected) vertices; it has \(count), which is \(owner)"],
      hints: [
        density.map { "if the file is right, its name should say `den-\($0)` and the space that belongs to it" }
          ?? "the map has to be brought to the surface that its name says before it can be compared with others"
      ])
  }

  private static func voxels(_ name: String, _ sizes: [Double], _ expected: Double) -> Diagnostic {
    let found = sizes.map(millimeters).joined(separator: " × ")
    return Diagnostic(
      .imageWrongVoxelSize, "the voxels of \(name) have another size than its name says",
      notes: ["its name says \(millimeters(expected)) mm; they are \(found) mm"],
      hints: ["resample by the affine in the file, not by the name"])
  }

  private static func beside(_ name: String, _ box: WorldBox, _ brain: WorldBox) -> Diagnostic {
    Diagnostic(
      .imageBesideBrain, "\(name) lies beside the brain of its space",
      notes: ["it reaches \(range(box)) mm; the cortex, \(range(brain)) mm"],
      hints: ["its affine is wrong or of another space: it has to be registered anew"])
  }

  private static func part(_ name: String, _ box: WorldBox, _ brain: WorldBox) -> Diagnostic {
    Diagnostic(
      .imagePartOfBrain, "\(name) does not hold the whole cortex of its space",
      notes: ["it reaches \(range(box)) mm; the cortex, \(range(brain)) mm"],
      hints: ["what lies outside has no values; if all should be there, look at the affine"])
  }

  private static func half(_ name: String, _ found: Hemisphere, _ named: Hemisphere) -> Diagnostic {
    Diagnostic(
      .imageWrongHemisphere, "\(name) is of the other half of the cortex",
      notes: ["its name says \(named.rawValue); AnatomicalStructurePrimary in it says \(found.rawValue)"],
      hints: ["see whether the two files of the map have been swapped"])
  }

  private static func nonFinite(_ name: String, _ count: Int64, _ all: Int64) -> Diagnostic {
    Diagnostic(
      .imageNonFinite, "\(name) has values that are no finite numbers",
      notes: ["\(count) of \(all) are NaN or infinite"],
      hints: ["leave them out of means and correlations: `numpy.isfinite` finds the others"])
  }

  private static func several(_ name: String, _ count: Int) -> Diagnostic {
    Diagnostic(
      .imageSeveralMaps, "\(name) holds several maps", notes: ["\(count) data arrays or time points; a map has one"],
      hints: ["range and picture are of the first; split the file for the others"])
  }

  private static func shape(_ name: String, _ shape: [Int]) -> Diagnostic {
    Diagnostic(
      .imageOddShape, "\(name) has a dimension too many",
      notes: ["its shape is \(shape.map(String.init).joined(separator: " × ")), and there is one map in it"],
      hints: ["`numpy.squeeze` takes it away"])
  }

  private static func absurd(_ name: String, _ largest: Double) -> Diagnostic {
    Diagnostic(
      .imageAbsurdValues, "the values of \(name) have a size that nothing measured has",
      notes: ["the one farthest from zero is \(largest)"],
      hints: ["the byte order that the file claims may not be that of its values"])
  }

  private static func range(_ box: WorldBox) -> String {
    zip(box.low, box.high).map { "\(millimeters($0))…\(millimeters($1))" }.joined(separator: ", ")
  }

  /// Up to three digits behind the point: a header's 32 bits know no more.
  private static func millimeters(_ value: Double) -> String {
    let text = "\((value * 1000).rounded() / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension ImageFailure {
  /// Why an image cannot be read, as a phrase.
  package var words: String {
    switch self {
    case .interrupted: "its bytes could not be had"
    case .notAnImage: "it is neither NIfTI nor GIfTI"
    case .truncated(let expected?): "it ends before its data do: \(expected) bytes of them should be there"
    case .truncated(nil): "it ends before its data do"
    case .broken(let words): words
    case .unsupported(let what): "\(what) is not read"
    case .tooLarge(let limit): "it claims or unpacks to more than any map has: the limit is \(limit)"
    }
  }

  /// What to do.
  var hints: [String] {
    switch self {
    case .interrupted: ["run the command again"]
    case .unsupported: ["convert it, with nibabel say"]
    case .notAnImage, .truncated, .broken, .tooLarge:
      ["if it is the locked file, its origin has it so; if not, `neuromaps sync --repair` brings the locked one"]
    }
  }
}
