// A program that says `import Neuromaps` needs no other import for the values that come with it:
// `AnnotationID`, `Manifest`, `Lockfile`, `Diagnostic` and the like.
@_exported public import Catalog
@_exported public import Dataset
@_exported public import Diagnostics
@_exported public import Project
