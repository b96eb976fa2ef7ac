extension Sequence<Int64> {
  /// The sum of sizes, none of them negative; the largest number there is instead of one that is larger: a file may
  /// claim any size.
  package var total: Int64 {
    reduce(0) { sum, size in
      let (next, overflows) = sum.addingReportingOverflow(size)
      return overflows ? .max : next
    }
  }
}
