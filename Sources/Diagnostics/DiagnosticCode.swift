/// What went wrong, as a name that never changes: people search for it, scripts branch on it.
///
/// The first two digits tell the subject: 01 manifest, 02 lock, 03 network, 04 disk and store,
/// 05 catalog, 06 images. Each is explained in docs/diagnostics.md. A code is never used again for
/// another thing.
public enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
  /// The manifest is not YAML, or uses more of it than is allowed.
  case manifestSyntax = "NM0101"
  /// The manifest has a key that means nothing there.
  case manifestUnknownKey = "NM0102"
  /// A value of the manifest is of the wrong type or form.
  case manifestWrongValue = "NM0103"
  /// No catalog has this value for this key.
  case unknownValue = "NM0104"
  /// A tuple or selector matches no map.
  case matchesNothing = "NM0105"
  /// The manifest has a key twice.
  case manifestDuplicateKey = "NM0106"
  /// The manifest lacks a key that it must have.
  case manifestMissingKey = "NM0107"
  /// Two maps would be the same file with different bytes.
  case pathConflict = "NM0109"
  /// There is no neuromaps.yaml here or above.
  case noManifest = "NM0110"
  /// The manifest is of a format that this program does not know.
  case manifestVersion = "NM0111"
  /// An entry matches restricted maps only, and does not ask for them.
  case onlyRestricted = "NM0112"
  /// A catalog that the manifest names cannot be had.
  case catalogUnavailable = "NM0113"
  /// The file that a command would write is there already.
  case alreadyThere = "NM0114"
  /// A map has a license that the manifest denies.
  case licenseDenied = "NM0115"
  /// Maps have no license that is known.
  case licenseUnknown = "NM0116"
  /// A locked map has left its catalog.
  case leftCatalog = "NM0117"
  /// The manifest has conflict markers of git.
  case manifestConflictMarkers = "NM0118"
  /// The manifest is written in a way, or at a moment, in which it cannot be edited safely.
  case cannotEdit = "NM0119"
  /// What is to be removed from the manifest is no entry of it.
  case notWanted = "NM0120"
  /// A group that neither manifest nor lock has.
  case noSuchGroup = "NM0121"

  /// The lock is not YAML, or uses more of it than is allowed.
  case lockSyntax = "NM0201"
  /// The lock has a key that means nothing there.
  case lockUnknownKey = "NM0202"
  /// A value of the lock is of the wrong type or form.
  case lockWrongValue = "NM0203"
  /// The lock has a key twice.
  case lockDuplicateKey = "NM0206"
  /// The lock lacks a key that it must have, a checksum say.
  case lockMissingKey = "NM0207"
  /// The lock is not written as this program writes it.
  case lockNotCanonical = "NM0208"
  /// The lock has conflict markers of git.
  case lockConflictMarkers = "NM0209"
  /// There is no neuromaps.lock.
  case lockMissing = "NM0210"
  /// The lock is of a newer format.
  case lockVersion = "NM0211"
  /// The lock does not answer the manifest.
  case lockStale = "NM0212"
  /// An entry of the lock is not what its catalog says.
  case lockTampered = "NM0213"
  /// The lock of a git revision cannot be had.
  case revisionUnavailable = "NM0214"

  /// A host could not be reached, or the connection broke.
  case unreachable = "NM0301"
  /// The bytes received are not the expected ones.
  case wrongBytes = "NM0302"
  /// The server answered with an error.
  case serverRefused = "NM0303"
  /// Fewer or more bytes came than there should be.
  case wrongLength = "NM0304"
  /// A download is needed and the run is offline.
  case offline = "NM0305"
  /// A restricted file needs a token, or the token was refused.
  case tokenNeeded = "NM0306"
  /// A redirect that must not be followed.
  case redirectRefused = "NM0307"
  /// An address that cannot be used.
  case badAddress = "NM0308"
  /// A mirror does not have a file, has it wrongly, or does not answer.
  case mirrorFellShort = "NM0309"
  /// What OSF knows of a file could not be asked; it is pinned by the catalog's checksum alone.
  case pinsIncomplete = "NM0310"
  /// No version on OSF has the bytes that the catalog wants.
  case originChanged = "NM0311"

  /// The operating system refused an operation on a file.
  case fileFailed = "NM0401"
  /// A file in the data directory is not the locked one.
  case differs = "NM0402"
  /// No space is left.
  case diskFull = "NM0403"
  /// A locked file is not in the data directory.
  case missing = "NM0404"
  /// An object of the store is damaged.
  case storeDamaged = "NM0405"
  /// An archive cannot be unpacked.
  case archiveUnusable = "NM0406"
  /// A file is there, and nothing is known to check it with.
  case unverified = "NM0407"
  /// Another process keeps writing to the data directory.
  case busy = "NM0408"
  /// A file that was to be removed stays.
  case kept = "NM0409"

  /// The catalog is not YAML, or uses more of it than is allowed.
  case catalogSyntax = "NM0501"
  /// The catalog has a key that means nothing there.
  case catalogUnknownKey = "NM0502"
  /// A value of the catalog is of the wrong type or form.
  case catalogWrongValue = "NM0503"
  /// The catalog names a map, a reference or a file twice.
  case catalogRepeats = "NM0504"
  /// The catalog has a key twice.
  case catalogDuplicateKey = "NM0506"
  /// The catalog lacks a key that it must have.
  case catalogMissingKey = "NM0507"
  /// No map of the catalogs answers the question.
  case noSuchMap = "NM0510"
  /// The catalog is of a format that this program does not know.
  case catalogVersion = "NM0511"
  /// A call says nothing of what it wants.
  case noKeyword = "NM0512"
  /// Files of a folder cannot stand in a catalog as they are.
  case cannotImport = "NM0513"
  /// An import has left something out.
  case leftOut = "NM0514"
  /// A file of the Python toolbox is not as this program knows them.
  case toolboxFileWrong = "NM0515"
  /// There is no catalog of that name.
  case noSuchCatalog = "NM0516"
  /// The catalog says less of its maps than people need.
  case catalogGap = "NM0517"
  /// An origin does not have a file, or has another one.
  case originLacks = "NM0518"
  /// An origin does not tell whether it has the bytes that the catalog wants.
  case originSilent = "NM0519"

  /// An image cannot be read.
  case imageUnreadable = "NM0601"
  /// An image is a surface where its name says volume, or the other way round.
  case imageWrongFormat = "NM0602"
  /// A surface has the vertices of another density than its name says.
  case imageWrongVertexCount = "NM0603"
  /// A volume has voxels of another size than its name says.
  case imageWrongVoxelSize = "NM0604"
  /// A volume lies beside the brain of its space.
  case imageBesideBrain = "NM0605"
  /// A volume does not hold the whole cortex of its space.
  case imagePartOfBrain = "NM0606"
  /// A surface is of the other half of the cortex than its name says.
  case imageWrongHemisphere = "NM0607"
  /// An image has values that are no finite numbers.
  case imageNonFinite = "NM0608"
  /// All values of an image are the same.
  case imageConstant = "NM0609"
  /// All values of an image are zero.
  case imageEmpty = "NM0610"
  /// An image holds several maps.
  case imageSeveralMaps = "NM0611"
  /// An image has a dimension that a map does not have.
  case imageOddShape = "NM0612"
  /// An image has values of a size that nothing measured has.
  case imageAbsurdValues = "NM0613"
  /// The two halves of a map are the same.
  case imageSameHalves = "NM0614"
  /// A map cannot be drawn.
  case notDrawn = "NM0615"
  /// A file that is there would be overwritten.
  case notOverwritten = "NM0616"
}
