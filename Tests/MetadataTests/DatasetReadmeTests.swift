import Metadata
import Project
import Testing

@Suite("README")
struct DatasetReadmeTests {
  private func text(_ lock: Lockfile) throws -> String { try Written(lock).text("README") }

  @Test("version 1 has exactly these bytes, for ever")
  func golden() throws {
    #expect(
      try text(MadeLock.lab) == """
        Brain maps of a neuromaps project
        =================================
        3 maps in 4 files: what the neuromaps.lock of the project names. Maps and templates are as their
        origins have them: brought and checked, not computed. Some may not have been brought yet.

        neuromaps writes this file and the others that describe the maps, and checks them as it checks the
        maps: keep notes of your own elsewhere. `metadata: false` in neuromaps.yaml turns them off.

        What is here
        ------------
        annotations/<source>/<desc>/<space>/
            The maps. Beside the files of a map stands one that ends in .json: what it shows, of whom,
            under which license, the papers behind it, and the address and checksums of each file.
        CITATION.cff
            The papers to cite, for programs and for people.
        dataset_description.json, .bidsignore
            What makes this a derivative dataset of BIDS. The names of maps and templates are like those
            of BIDS, and not BIDS: its tools pass them over.

        Spaces
        ------
        MNI152 2mm: 1 map
        civet 41k: 1 map
        fsLR 32k: 1 map

        To check
        --------
        `neuromaps verify` in the folder of the project hashes every file and prints one digest: who reads
        the same one has the same files. Without the program, compare each file with its checksums in the
        .json beside it.

        To cite
        -------
        Cite the papers behind the maps that you use. 3 papers stand in CITATION.cff, the scope of each
        being the maps that it is for; `neuromaps cite` writes them as text, Markdown, BibTeX or CSL-JSON.
        Maps without a paper: lab/plain/civet/41k.

        Licenses
        --------
        - CC0 (2 maps)
        - unknown: none is stated, which is no permission (1 map)
        Given by their origin only to people with access: lab/tracer/MNI152/2mm.

        Cautions of the catalogs
        ------------------------
        - lab (Maps of a lab): Ask us first.

        """)
  }

  @Test("templates are told of, and that no license of theirs is stated")
  func templates() throws {
    let text = try text(MadeLock.lock(Self.bare("caution: Mind."), atlases: ["fsLR/32k", "civet/41k"]))
    #expect(text.contains("0 maps in 0 files and 2 templates"))
    #expect(text.contains("    Templates, under names like those of TemplateFlow: civet/41k, fsLR/32k.\n"))
    #expect(text.contains("\n- unknown: none is stated, which is no permission (2 templates)\n"))
    #expect(text.contains("\n- lab: Mind.\n"))
    #expect(text.contains("The catalogs of these maps name no papers to cite.\n"))
    #expect(!text.contains("Spaces\n"))
  }

  @Test("words of a catalog break no line that they should not, and steer no terminal")
  func hostile() throws {
    let words =
      "\\e[31mred\\u202e \\n\\n=====\\n 🧠 \(String(repeating: "long", count: 40)) \(String(repeating: "a b ", count: 80))"
    let text = try text(MadeLock.lock(Self.bare("caution: \"\(words)\"\ntitle: \"a\\nb\""), atlases: ["fsLR/32k"]))
    #expect(text.contains("\n- lab (a b): [31mred ===== 🧠\n  \(String(repeating: "long", count: 40))\n  a b a b "))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x202e })
    let lines = text.split(separator: "\n").filter { !$0.contains("longlong") }
    #expect(lines.allSatisfy { $0.count <= 100 && $0.last != " " })
  }

  private static func bare(_ fields: String) -> String {
    "version: 1\nname: lab\nrevision: \"1\"\n\(fields)\nmaps: []\n"
  }
}
