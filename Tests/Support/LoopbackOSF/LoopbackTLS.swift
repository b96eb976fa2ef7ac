internal import NIOCore
internal import NIOSSL
internal import SystemPackage

/// A server's certificate: a good one, or one with something wrong that a client must not accept.
///
/// All are for `localhost`, `files.osf.io`, `storage.example.org`, `*.test.example`, `127.0.0.1` and `::1` unless
/// said otherwise. `Tests/Support/Certificates/make-certificates.sh` makes them.
public enum LoopbackTLS: String, Sendable, CaseIterable {
  /// Signed by the authority, valid till 2120.
  case trusted

  /// Signed by the authority and valid, but for `other.example.org` alone.
  case wrongName = "wrong-name"

  /// Signed by the authority, valid till the end of 2019.
  case expired

  /// Valid, but signed by itself.
  case unknownAuthority = "unknown-authority"

  /// The PEM file with the authority's certificate: a client that trusts it accepts `trusted`, and only that.
  public static let authorityPath = path("authority")

  /// The PEM file with the certificate.
  public var certificatePath: String { Self.path(rawValue) }

  /// What a server needs to speak TLS with this certificate; HTTP/1.1 is all that it offers.
  func context() throws -> NIOSSLContext {
    let key = try NIOSSLPrivateKey(file: Self.path("server.key"), format: .pem)
    let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.applicationProtocols = ["http/1.1"]
    // A client that does not say goodbye must not hold up `stop`.
    configuration.shutdownTimeout = .milliseconds(200)
    return try NIOSSLContext(configuration: configuration)
  }

  private static func path(_ name: String) -> String {
    FilePath(#filePath).removingLastComponent().removingLastComponent()
      .appending("Certificates").appending("\(name).pem").string
  }
}
