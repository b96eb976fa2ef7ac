import Testing

@testable import Neuromaps

@Suite("Numbers in few digits")
struct DoubleDigitsTests {
  /// A number by its bits, how many digits, and what Python's `'%.*g' % (digits, number)` gives.
  struct Row: Sendable {
    let bits: UInt64
    let digits: Int
    let text: String

    init(_ bits: UInt64, _ digits: Int, _ text: String) { (self.bits, self.digits, self.text) = (bits, digits, text) }
  }

  /// Edges, then numbers of a seeded generator: of everyday size, of 32 bits, of any bits, and halves.
  static let rows = [
    Row(0x0000_0000_0000_0000, 6, "0"),
    Row(0x8000_0000_0000_0000, 6, "-0"),
    Row(0x3ff0_0000_0000_0000, 6, "1"),
    Row(0xbff8_0000_0000_0000, 6, "-1.5"),
    Row(0x40f8_6a00_0000_0000, 6, "100000"),
    Row(0x412e_8480_0000_0000, 6, "1e+06"),
    Row(0x412e_847f_0000_0000, 6, "1e+06"),
    Row(0x412e_847d_0000_0000, 6, "999998"),
    Row(0x3f1a_36e2_eb1c_432d, 6, "0.0001"),
    Row(0x3f1a_36e2_0f35_445e, 6, "0.0001"),
    Row(0x3f1a_36e2_0acf_5dfe, 6, "9.99999e-05"),
    Row(0x40fe_2408_0000_0000, 6, "123456"),
    Row(0x40fe_2418_0000_0000, 6, "123458"),
    Row(0x4004_0000_0000_0000, 6, "2.5"),
    Row(0x0000_0000_0000_0001, 6, "4.94066e-324"),
    Row(0x0010_0000_0000_0000, 6, "2.22507e-308"),
    Row(0x7fef_ffff_ffff_ffff, 6, "1.79769e+308"),
    Row(0x7ff0_0000_0000_0000, 6, "inf"),
    Row(0xfff0_0000_0000_0000, 6, "-inf"),
    Row(0x7ff8_0000_0000_0000, 6, "nan"),
    Row(0x4023_0000_0000_0000, 6, "9.5"),
    Row(0x4480_f0cf_064d_d592, 6, "1e+22"),
    Row(0x44b5_2d02_c7e1_4af6, 6, "1e+23"),
    Row(0x3fe0_0000_0000_0000, 3, "0.5"),
    Row(0x4004_0000_0000_0000, 3, "2.5"),
    Row(0x400c_0000_0000_0000, 3, "3.5"),
    Row(0x4050_fc28_f5c2_8f5c, 3, "67.9"),
    Row(0x4058_fd70_a3d7_0a3d, 3, "100"),
    Row(0x3fa9_930b_e0de_d289, 3, "0.05"),
    Row(0x4004_0000_0000_0000, 1, "2"),
    Row(0x4023_0000_0000_0000, 1, "1e+01"),
    Row(0x4089_5a3c_1d15_998c, 6, "811.279"),
    Row(0x4077_4822_0dea_b790, 6, "372.508"),
    Row(0x4080_a825_e9ff_ed64, 6, "533.019"),
    Row(0x4089_49dc_1c2e_691a, 6, "809.232"),
    Row(0xc07e_0585_8cd7_f5fa, 6, "-480.345"),
    Row(0x4070_f73a_52e5_5c48, 6, "271.452"),
    Row(0x4089_4f21_90bb_0872, 6, "809.891"),
    Row(0x4087_4216_031e_da74, 6, "744.261"),
    Row(0x4062_3c33_eccb_70b0, 6, "145.881"),
    Row(0xc084_a9f3_5aea_0a38, 6, "-661.244"),
    Row(0xc066_1e86_26ca_13f8, 6, "-176.954"),
    Row(0x408e_dd68_8016_042c, 6, "987.676"),
    Row(0x4125_5283_6000_0000, 6, "698690"),
    Row(0x40e9_ddc8_c000_0000, 6, "52974.3"),
    Row(0x4036_6d66_6000_0000, 6, "22.4273"),
    Row(0x4055_181a_4000_0000, 6, "84.3766"),
    Row(0xc168_1178_0000_0000, 6, "-1.26187e+07"),
    Row(0x40b8_3270_e000_0000, 6, "6194.44"),
    Row(0x3e7e_8a44_e000_0000, 6, "1.13771e-07"),
    Row(0x3f7a_2e41_0000_0000, 6, "0.00639177"),
    Row(0x0aa8_5e31_1832_c9e2, 6, "2.53579e-257"),
    Row(0x2060_294c_30b9_f609, 6, "9.64293e-153"),
    Row(0x61c8_d9b3_b185_2ac8, 6, "1.118e+163"),
    Row(0x270c_51b1_4891_a61b, 6, "1.37085e-120"),
    Row(0x20ce_42c7_b0b4_362e, 6, "1.15556e-150"),
    Row(0x4fcd_d31c_29d1_44e4, 6, "2.69801e+76"),
    Row(0x73ed_9386_1e21_6216, 6, "2.64697e+250"),
    Row(0x222f_3023_05f9_eb87, 6, "4.99528e-144"),
    Row(0x4129_a307_0000_0000, 6, "840068"),
    Row(0x4115_13b2_0000_0000, 6, "345324"),
    Row(0x412d_f815_0000_0000, 6, "982026"),
    Row(0x4114_2982_0000_0000, 6, "330336"),
    Row(0x4125_6ae5_0000_0000, 6, "701810"),
    Row(0x4115_4ed6_0000_0000, 6, "349110"),
  ]

  @Test("are as Python writes them", arguments: rows)
  func agrees(_ row: Row) {
    #expect(Double(bitPattern: row.bits).text(digits: row.digits) == row.text)
  }

  @Test("are six if nothing else is said, and read back as the number if it has no more")
  func readsBack() {
    for number in stride(from: -999_999.0, through: 999_999, by: 12_345) {
      for scale in [1e-7, 1e-3, 1, 1e5] {
        let value = number / 1e6 * scale
        #expect(Double(value.text()).map { abs($0 - value) <= abs(value) * 1e-12 } == true, "\(value)")
      }
    }
  }
}
