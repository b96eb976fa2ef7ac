#!/usr/bin/env python3
"""Takes out every flush, exclusive rename and check of bytes in turn, and sees whether a test goes red.

    python3 Tests/Support/mutations.py [--list] [--only REGEX] [--scratch-path DIR] [--timeout SECONDS]

Each mutant changes one place of Sources in the working copy, which must have no changes there, and is taken back
whatever happens. Exits with 1 if one survived or does not compile, or if the table does not fit the sources.
"""
import argparse
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISK = "DiskTests|GroupPublicationTests|FileSystemContractTests"
STANDING = "WorkspaceStandingTests|StoryTests"
LEFTOVER = "LeftoverTests|WorkspacePruneTests"
OBJECTS = "DataFolderTests|ObjectSealTests|AtlasStoreTests"

# By file: what is done without, the text that stands there exactly once, what takes its place, the tests.
# A replacement must compile without warnings: nothing unused, nothing that the compiler sees to be always so.
MUTANTS = {
    "Effects/Disk+Drafts.swift": [
        ("without flushing a draft before it is named",
         "fsync(publication.draft.descriptor) == 0", "lseek(publication.draft.descriptor, 0, SEEK_CUR) >= 0", DISK),
        ("without the flush that serves many drafts",
         "allSatisfy { nm_flush_filesystem($0) == 0 }", "allSatisfy { lseek($0, 0, SEEK_CUR) >= 0 }", DISK),
        ("without flushing the names of many",
         "guard !flushTogether(moved.map { publications[$0] }) else",
         "guard moved.count < Self.groupSize else", DISK),
        ("without flushing the folder that has a new name",
         "{ try flush(folder: folder) }", "{ _ = try status(folder) }", DISK),
        ("without taking away the right to write",
         "fchmod(file, 0o444)", "fchmod(file, 0o644)", DISK),
    ],
    "Effects/Disk.swift": [
        ("without flushing the folder after a rename",
         "try flush(folder: target.removingLastComponent())", "_ = try status(target.removingLastComponent())", DISK),
        ("with a rename over what must stay",
         "nm_rename_exclusively(path.string, target.string) != 0", "!moveFile(path, target)", DISK),
    ],
    "Store/ObjectStore.swift": [
        ("without waiting for the disk to have an object",
         "isReadOnly: true, mod", "isReadOnly: true, isCache: true, mod", "ObjectStoreTests|PowerLossTests"),
    ],
    "Store/SealedText.swift": [
        ("without comparing the digest of an index",
         'as: UTF8.self) == "\\(format) \\(digest)" ?', 'as: UTF8.self).hasPrefix("\\(format) ") && !digest.isEmpty ?',
         "DataIndexTests|DataFolderIndexTests|ArchiveListingTests"),
    ],
    "Store/DataFolder+Placing.swift": [
        ("without asking for an object's seal",
         "if object.isSealed, wanted.sha256", "if wanted.sha256", OBJECTS),
        ("without hashing an object whose seal is broken",
         "found.sha256 == digest, found.agrees(with: wanted) else", "found.size != nil || digest == found.sha256 else", OBJECTS),
        ("with a copy that takes the place of what turned up",
         "(draft, as: target, replacing: false,", "(draft, as: target, replacing: true,", "DataFolderTests"),
        ("with a download that takes the place of what turned up",
         "(intake.draft, as: target, replacing: false)", "(intake.draft, as: target, replacing: true)",
         "SynchronizerTests|WorkspaceSyncTests"),
        ("without keeping a file that gives way",
         "try files.rename(place, to: target, replacing: false)", "try files.remove(place)", "DataFolderTests|PowerLossTests"),
        ("with a file set aside over an earlier one",
         "try files.rename(place, to: target, replacing: false)", "try files.rename(place, to: target, replacing: true)",
         "DataFolderTests"),
        ("with a file put back over what turned up",
         "to: file.publication.target, replacing: false)", "to: file.publication.target, replacing: true)", "DataFolderTests"),
        ("without comparing what gives way with what was begun",
         "return unsure.contains { $0.checksums.sha256 == found }", "return found != nil", "BegunTests"),
    ],
    "Store/DataFolder.swift": [
        ("without forgetting what was begun",
         "return try forgetBegun()", "return", "BegunTests"),
        ("without knowing what was begun",
         "([own] + begun + others)", "([own] + others)", "BegunTests"),
    ],
    "Store/DataFolder+Removal.swift": [
        ("without asking whether the project has placed what it removes",
         "$0.value.isPlaced && !wanted($0.key)", "!wanted($0.key)", LEFTOVER),
        ("without asking what other projects want",
         "} else if let other = wanting(path) {", "} else if let other = wanting(path), other.entries.isEmpty {", LEFTOVER),
        ("without comparing what is removed with what was placed",
         "case .matches = observe(path, expecting: entry.checksums) {", "entry.isPlaced || entry.isWanted {", LEFTOVER),
        ("without looking again before a file is removed",
         "leftover.reason == nil, try files.status(place) == leftover.status, try", "leftover.reason == nil, try",
         LEFTOVER),
        ("without asking whether a link leads to what is removed",
         "try !isBehindLink(leftover.path)", "try isBehindLink(leftover.path) || true", LEFTOVER),
        ("without flushing the folder that a file was removed from",
         "try files.flush(folder: folder)", "_ = try files.status(folder)", "WorkspacePowerLossTests"),
    ],
    "Store/DataIndex.swift": [
        ("with trust in a file of the tick in which the index was written",
         "let entry = entries[path], !isRacy(entry), entry", "let entry = entries[path], entry",
         "DataIndexTests|DataFolderIndexTests"),
    ],
    "Sync/Downloader.swift": [
        ("without comparing what has come with what is wanted",
         "received.agrees(with: wanted)", "received.size == wanted.size ?? received.size", "DownloaderScriptTests"),
    ],
    "Sync/Downloader+Exchange.swift": [
        ("without waiting for who downloads the same",
         "if idle >= Self.standstill {", "if idle >= .zero {", "DownloaderScriptTests|CrowdTests"),
        ("without asking the store after waiting",
         "pursuit.wanted), object.isSealed {", "pursuit.wanted), object.checksums.size == nil {",
         "DownloaderScriptTests|CrowdTests"),
    ],
    "Sync/Unpacker.swift": [
        ("without hashing an archive before it is unpacked",
         "if found.agrees(with: wanted) {", "if found.size != nil || found.agrees(with: wanted) {", "AtlasStoreTests"),
    ],
    "Sync/Synchronizer.swift": [
        ("without writing down what is about to be placed",
         "folder.begin(plan.placing)", "_ = plan.placing", "WorkspaceMetadataPowerLossTests"),
    ],
    "Sync/Synchronizer+Atlas.swift": [
        ("without comparing a member with its pin",
         "!pinned.agrees(with: unpacked) {", "!pinned.agrees(with: unpacked), unpacked.size == nil {", "AtlasStoreTests"),
    ],
    "Neuromaps/Workspace+Standing.swift": [
        ("without comparing the bytes of the lock",
         "lock == answer.lock, table", "lock.hex.count == 64, table", STANDING),
        ("without comparing what the manifest declares",
         "guard let manifest, IndexedAnswer.digest(of: manifest.declarations) == answer.declarations else { return nil }",
         "guard manifest != nil else { return nil }", STANDING),
    ],
    "Neuromaps/Workspace+Sync.swift": [
        ("without holding the data directory",
         "plan.changesNothing ? nil : try await", "plan.changesNothing || !root.isEmpty ? nil : try await", "CrowdTests"),
        ("with the lock written before the files",
         "    var result = try await bring(",
         "    if options.mode == .update, !isWritten { _ = try write(lock) }\n    var result = try await bring(",
         "WorkspaceSyncTests"),
    ],
    "Neuromaps/Workspace.swift": [
        ("with a lock written though its bytes are the same",
         "try world.files.read(path, limit: bytes.count) == bytes", "bytes.isEmpty", "WorkspaceLockTests|WorkspaceSyncTests"),
    ],
}


def run(command, limit):
    """Exit code (None when time ran out) and what was printed; nothing it started is left running."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, code = process.communicate(timeout=limit)[0], process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, code = process.communicate()[0], None
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    return code, output.decode(errors="replace")


def judge(tests, options):
    """How the tests end with the sources as they are now: a word, and what tells it."""
    where = ["--scratch-path", options.scratch_path] if options.scratch_path else []
    code, output = run(["swift", "build", "--build-tests", *where], 3600)
    if code != 0:
        return "broken", next((line for line in output.splitlines() if "error:" in line), "it does not build")
    code, output = run(
        ["swift", "test", "--skip-build", "--no-parallel", "--filter", tests, *where], options.timeout)
    failed = re.search(r'✘ Test (?!run with)("[^"]*"|\S+)', output)
    if code is None or (code != 0 and not failed):
        return "killed", "time ran out" if code is None else f"the tests ended with {code}"
    if code != 0:
        return "killed", failed[1]
    count = re.search(r"Test run with (\d+) test", output)
    return ("survived", f"{count[1]} tests") if count and count[1] != "0" else ("broken", "no test has such a name")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name the mutants")
    parser.add_argument("--only", default="", metavar="REGEX", help="those whose names match")
    parser.add_argument("--scratch-path", metavar="DIR", help="swift's own; .build unless given")
    parser.add_argument("--timeout", type=int, default=900, metavar="SECONDS", help="for the tests of one mutant")
    options, chosen = parser.parse_args(), []
    for file, rows in MUTANTS.items():
        source = (ROOT / "Sources" / file).read_text()
        for name, text, replacement, tests in rows:
            if source.count(text) != 1:
                sys.exit(f"{name}: its text is {source.count(text)} times in Sources/{file}: {text!r}")
            if re.search(options.only, name):
                chosen.append((name, ROOT / "Sources" / file, text, replacement, tests))
    if options.list:
        return print("\n".join(f"{file.relative_to(ROOT)}: {name}" for name, file, *_ in chosen))
    state = subprocess.run(["git", "status", "--porcelain", "--", "Sources"], cwd=ROOT, capture_output=True, check=True)
    if state.stdout:
        sys.exit("Sources has changes that are not committed; the mutants are made there")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    word, told = judge("|".join(sorted({tests for *_, tests in chosen})), options)
    if word != "survived":
        sys.exit(f"without any mutant: {word}, {told}")
    results = []
    for name, file, text, replacement, tests in chosen:
        source = file.read_bytes()
        try:
            file.write_bytes(source.replace(text.encode(), replacement.encode()))
            results.append((*judge(tests, options), name))
        finally:
            file.write_bytes(source)
        print(f"{results[-1][0]:8}  {name}", flush=True)
    print("\n" + "\n".join(f"{word:8}  {name:62}  {told}" for word, told, name in results))
    killed = sum(word == "killed" for word, *_ in results)
    print(f"{killed} of {len(results)} killed")
    return killed != len(results)


if __name__ == "__main__":
    sys.exit(main())
