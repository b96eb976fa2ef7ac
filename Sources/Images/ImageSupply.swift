/// Fills a buffer with the bytes of a file from an offset on, and says how many; 0 at the end, nil for failure.
package typealias ImageSupply = (_ offset: Int64, _ buffer: UnsafeMutableRawBufferPointer) -> Int?
