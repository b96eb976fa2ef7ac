/// The spaces that BIDS has labels for, so that a name alone tells which one is meant.
enum StandardSpace {
  /// `_StandardTemplateCoordSys` of the schema of BIDS 1.11.1.
  static let labels: Set<String> = [
    "ICBM452AirSpace", "ICBM452Warp5Space", "IXI549Space", "MNI152Lin", "MNI152NLin2009aAsym", "MNI152NLin2009aSym",
    "MNI152NLin2009bAsym", "MNI152NLin2009bSym", "MNI152NLin2009cAsym", "MNI152NLin2009cSym", "MNI152NLin6Asym",
    "MNI152NLin6Sym", "MNI305", "MNIColin27", "NIHPD", "OASIS30AntsOASISAnts", "OASIS30Atropos", "Talairach",
    "UNCInfant", "fsLR", "fsaverage", "fsaverageSym",
  ]
}
