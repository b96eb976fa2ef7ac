"""Runs the steps of action.yml, the examples of docs/ci.md and the hook of pre-commit, and looks at what comes of it.

    trial.py NEUROMAPS

A project that is checked out anew for each run, caches that are handed from run to run, and files in place of GitHub.
What would take a network is replaced: the program is not built but copied, which a Makefile of the trial's own does.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

TOP = Path(__file__).resolve().parents[3]
sys.path.append(str(TOP / "Tests/Interop"))

from loopback_osf import LoopbackOSF  # noqa: E402
from workflow import Caches, Runner  # noqa: E402

HOOK = "neuromaps-lock-check"
SECRET = b"a restricted map\n"
LAB = f"""\
version: 1
name: lab
revision: "1"
maps:
  - map: lab/secret/MNI152/2mm
    restricted: true
    files:
      - {{osf: grh4d/secret, md5: {hashlib.md5(SECRET).hexdigest()}}}
"""


class Trial:
    """Everything that the scenes share, in a folder that goes when they are done."""

    def __init__(self, folder, program):
        self.folder, self.program = folder, program
        self.failures = []
        self.builds = folder / "builds"
        self.builds.touch()
        self.make_action()
        self.make_stubs()
        self.environment = {
            "HOME": str(folder / "home"), "PATH": f"{folder / 'stubs'}:{self.path_without_program()}",
            "LANG": os.environ.get("LANG", "C.UTF-8"), "GITHUB_SERVER_URL": f"file://{folder / 'server'}",
            "GIT_AUTHOR_NAME": "Lab", "GIT_AUTHOR_EMAIL": "lab@example.org", "GIT_COMMITTER_NAME": "Lab",
            "GIT_COMMITTER_EMAIL": "lab@example.org", "GIT_CONFIG_GLOBAL": "/dev/null",
        }  # fmt: skip
        (folder / "home").mkdir()
        self.git(self.action, "init", "-q", "-b", "main")
        self.commit(self.action)
        # What the server has is a later version.
        server = folder / "server/lab/neuromaps"
        shutil.copytree(self.action, server)
        self.write_makefile(server, "v9")
        self.commit(server)
        self.git(server, "tag", "v9")

    @staticmethod
    def path_without_program():
        folders = os.environ["PATH"].split(":")
        return ":".join(folder for folder in folders if not Path(folder, "neuromaps").exists())

    def make_action(self):
        """The action, unpacked where a runner unpacks it."""
        self.action = self.folder / "_actions/lab/neuromaps/main"
        for name in ("action.yml", ".ci/action.sh", ".ci/summary.py", ".pre-commit-hooks.yaml", "Package.swift"):
            file = self.action / name
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, file)
        (self.action / "Sources").mkdir()
        (self.action / "Sources/Main.swift").write_text("// a source\n")
        self.write_makefile(self.action, "main")

    def write_makefile(self, folder, name):
        (folder / "Makefile").write_text(
            f"build:\n\tmkdir -p .build/release\n\tcp {self.program} .build/release/neuromaps\n"
            f"\techo {name} >>{self.builds}\n"
        )

    def make_stubs(self):
        """A Swift that is new enough, a docker that is a folder on this machine, and the program for who has it."""
        self.stub("stubs/swift", 'echo "Swift version 6.3 (stub)"')
        self.stub("old/swift", 'echo "Swift version 5.10.1 (stub)"')
        self.stub(
            "old/docker",
            f'echo docker >>"{self.builds}"\nprintf "%s\\n" "$@" >"{self.folder}/docker"\n'
            'while [ "$1" != --workdir ]; do shift; done\nmake -C "$2" build',
        )
        (self.folder / "installed").mkdir()
        shutil.copy(self.program, self.folder / "installed/neuromaps")

    def stub(self, name, script):
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def path(self, *first):
        return ":".join([*(str(self.folder / name) for name in first), self.environment["PATH"]])

    # What people do.

    def call(self, arguments, folder, check=True, **more):
        done = subprocess.run(
            arguments, cwd=folder, env={**self.environment, **more}, check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if check and done.returncode != 0:
            sys.exit(f"{' '.join(map(str, arguments))} ended with {done.returncode}\n{done.stdout}")
        return done

    def neuromaps(self, folder, *arguments):
        return self.call([self.folder / "installed/neuromaps", *arguments], folder).stdout

    def git(self, folder, *arguments):
        return self.call(["git", *arguments], folder).stdout

    def commit(self, folder):
        self.git(folder, "add", "--all")
        self.git(folder, "commit", "-q", "--allow-empty", "-m", "a change")

    def project(self, name, below="."):
        """A repository with the quickstart in it, locked and committed."""
        workspace = self.folder / name
        study = workspace / below
        study.mkdir(parents=True)
        shutil.copytree(TOP / "examples/quickstart/lab", study / "lab")
        shutil.copy(TOP / "examples/quickstart/neuromaps.yaml", study)
        (study / ".gitignore").write_text("/data/\n/bin/\n/.neuromaps-store/\n/maps.md\n")
        (study / "analysis.py").write_text("import sys; print('analysis of', *sys.argv[1:])\n")
        self.git(workspace, "init", "-q", "-b", "main")
        self.neuromaps(study, "lock", "--offline")
        self.commit(workspace)
        return workspace

    def caches(self, name):
        folder = self.folder / "caches" / name
        folder.mkdir(parents=True)
        return Caches(folder)

    def run(self, workspace, caches, steps=None, env=None, **inputs):
        """A job on a fresh machine with what is committed, and what is only edited."""
        self.git(workspace, "clean", "-ffdqX")
        shutil.rmtree(self.folder / "home/.cache", ignore_errors=True)
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        actions = {"lab/neuromaps": self.action, "OWNER/neuromaps": self.action}
        runner = Runner(self.folder / "runner", workspace, caches, {**self.environment, **(env or {})}, actions)
        return runner.job(steps or [{"uses": "lab/neuromaps@main", "with": given}])

    def expect(self, what, holds, *facts):
        if holds:
            print(f"ok: {what}")
        else:
            self.failures.append(what)
            print(f"NOT SO: {what}", *facts, sep="\n", flush=True)

    def built(self):
        """What has been built since last asked."""
        lines = self.builds.read_text().splitlines()
        self.builds.write_text("")
        return lines


def first_and_later_runs(trial):
    workspace, caches = trial.project("repository", "study"), trial.caches("study")
    study = workspace / "study"
    trial.neuromaps(study, "sync")
    digest = trial.neuromaps(study, "verify", "-q").strip()

    first = trial.run(workspace, caches, working_directory="study")
    trial.expect("a first run ends well", first.code == 0, first.log)
    trial.expect("it builds the program", trial.built() == ["main"], first.log)
    trial.expect("no cache answers it", first.restored == [None, None], first.restored)
    trial.expect(
        "its outputs are the data directory and the digest",
        first.outputs == {"data-dir": str(study / "data"), "tree-digest": digest},
        first.outputs,
    )
    for text in (
        "### neuromaps: 3 maps, 5 files, 73.2 kB\n", "| `examplelab/blob/MNI152/8mm` | 1 | 2.7 kB |\n",
        "| `examplelab/depth/fsaverage/10k` | 2 | 36.0 kB |\n", digest, "Example Lab (2026).",
    ):  # fmt: skip
        trial.expect(f"its summary has {text.strip()}", text in first.summary, first.summary)
    trial.expect("it warns of nothing", "\n::" not in f"\n{first.log}", first.log)
    changes = trial.git(workspace, "status", "--porcelain")
    trial.expect("it changes nothing that is committed", changes == "", changes)

    second = trial.run(workspace, caches, working_directory="study")
    trial.expect("a second run ends as the first did", (second.code, second.outputs) == (0, first.outputs), second.log)
    trial.expect("it builds nothing", trial.built() == [], second.log)
    trial.expect("both caches answer it", second.restored == caches.keys, second.restored)
    trial.expect("its maps come from the cached store", "5 files: 5 reused; " in second.log, second.log)

    manifest = (study / "neuromaps.yaml").read_text()
    (study / "neuromaps.yaml").write_text(manifest.replace("  - examplelab/grad*/fsaverage/*\n", ""))
    stale = trial.run(workspace, caches, working_directory="study")
    trial.expect("a stale lock ends the run with 3", stale.code == 3, stale.code, stale.log)
    trial.expect(
        "it is shown at the manifest", "\n::error file=study/neuromaps.yaml,title=NM0212::" in stale.log, stale.log
    )
    trial.expect("nothing is brought for it", not (study / "data").exists() and stale.summary == "")

    trial.neuromaps(study, "lock", "--offline")
    keys = len(caches.keys)
    third = trial.run(workspace, caches, working_directory="study")
    trial.expect("a new lock starts from the store of another", third.restored[1] == second.restored[1], third.restored)
    trial.expect("all it needs is there", (third.code, "3 files: 3 reused; " in third.log) == (0, True), third.log)
    trial.expect("what it needs is cached under a new name", len(caches.keys) == keys + 1, caches.keys)
    size = trial.neuromaps(
        study, "cache", "size", "--json", "--cache-dir", f"{trial.folder}/runner/_temp/neuromaps-store"
    )
    trial.expect("and nothing else is", json.loads(size)["objects"] == 3, size)


def wrong_projects(trial):
    workspace, caches = trial.project("mistakes"), trial.caches("mistakes")
    manifest = workspace / "neuromaps.yaml"
    good = manifest.read_text()

    manifest.write_text(good.replace("data_dir:", "datadir:"))
    mistake = trial.run(workspace, caches)
    trial.expect("a mistake in the manifest ends the run with 5", mistake.code == 5, mistake.log)
    found = re.search(r"^::error file=neuromaps.yaml,line=(\d+),col=1,endColumn=7,title=NM0102::", mistake.log, re.M)
    line = good[: good.index("data_dir:")].count("\n") + 1
    trial.expect("it is shown at its line", found and int(found[1]) == line, mistake.log)

    manifest.write_text(good)
    (workspace / "neuromaps.lock").unlink()
    missing = trial.run(workspace, caches)
    trial.expect("without a lock the run ends with 3", missing.code == 3, missing.log)
    trial.expect("that is shown too", "\n::error file=neuromaps.yaml,title=NM0210::" in missing.log, missing.log)

    trial.git(workspace, "checkout", "-q", "--", ".")
    next((workspace / "lab/maps").glob("*blob*")).unlink()
    lost = trial.run(workspace, caches)
    trial.expect("a map that cannot be had ends the run with 1", lost.code == 1, lost.log)
    trial.expect("that is told to GitHub", "\n::error title=NM03" in lost.log, lost.log)
    trial.expect("of all these only the program is cached", len(caches.keys) == 1, caches.keys)
    trial.expect("it was built once", trial.built() == ["main"])

    wrong = trial.run(workspace, caches, cache="sometimes")
    trial.expect("an input that means nothing ends the run with 64", wrong.code == 64, wrong.log)


def programs(trial):
    workspace = trial.project("programs")
    trial.built()
    found = trial.run(workspace, trial.caches("found"), env={"PATH": trial.path("installed")})
    trial.expect("a program on the PATH is taken", (found.code, trial.built()) == (0, []), found.log)
    trial.expect("then only the store is cached", found.restored == [None], found.restored)

    caches = trial.caches("versions")
    newer = trial.run(workspace, caches, version="v9", env={"PATH": trial.path("installed")})
    trial.expect(
        "a version that is asked for is built all the same", newer.code == 0 and trial.built() == ["v9"], newer.log
    )
    again = trial.run(workspace, caches, version="v9")
    trial.expect("once", again.code == 0 and trial.built() == [], again.log)
    other = trial.run(workspace, caches)
    trial.expect("another is another", other.code == 0 and trial.built() == ["main"], other.log)

    contained = trial.run(workspace, trial.caches("contained"), env={"PATH": trial.path("old")})
    built = trial.built()
    if Path("/etc/os-release").exists():
        trial.expect("without Swift 6.3 it is built in a container", built == ["docker", "main"], contained.log)
        asked = (trial.folder / "docker").read_text().splitlines()
        trial.expect(
            "of that Swift and this system", any(re.fullmatch(r"swift:6\.3-[a-z]+", word) for word in asked), asked
        )


def restricted_maps(trial):
    workspace, caches = trial.project("restricted"), trial.caches("restricted")
    (workspace / "secret.yaml").write_text(LAB)
    manifest = workspace / "neuromaps.yaml"
    text = manifest.read_text().replace("catalogs:", "catalogs:\n  - path: secret.yaml", 1)
    manifest.write_text(text.replace("annotations:", "annotations:\n  - lab/secret/MNI152/2mm", 1))
    trial.neuromaps(workspace, "lock", "--offline")
    trial.commit(workspace)

    with LoopbackOSF({"grh4d/secret": SECRET}, "right-token") as osf:
        env = {"NEUROMAPS_OSF_URL": osf.url}
        refused = trial.run(workspace, caches, env=env)
        allowed = trial.run(workspace, caches, env=env, token="right-token")
        told = trial.run(workspace, caches, env=env | {"NEUROMAPS_OSF_TOKEN": "right-token"})
    trial.expect("a restricted map without a token ends the run with 6", refused.code == 6, refused.log)
    trial.expect("that is told to GitHub", "\n::error title=NM0306::" in refused.log, refused.log)
    trial.expect("with a token it arrives", (allowed.code, "6 files" in allowed.summary) == (0, True), allowed.log)
    trial.expect("the token may come from the job's environment", told.code == 0, told.log)
    trial.expect("no log has it", "right-token" not in refused.log + allowed.log + told.log)

    without = trial.run(workspace, caches, args="--skip-restricted")
    trial.expect("it can be left out", without.code == 0, without.log)
    trial.expect(
        "the summary says so, and has no digest",
        "restricted: `lab/secret/MNI152/2mm`" in without.summary and without.outputs["tree-digest"] == "",
        without.summary,
    )
    trial.expect("that is no error", "\n::error" not in without.log, without.log)
    trial.expect(
        "the store of such a project is not cached", not any("store" in key for key in caches.keys), caches.keys
    )
    always = trial.run(workspace, caches, args="--skip-restricted", cache="always")
    trial.expect("but it is if it must be", any("store" in key for key in caches.keys), caches.keys, always.log)


def groups(trial):
    workspace, caches = trial.project("groups"), trial.caches("groups")
    manifest = workspace / "neuromaps.yaml"
    text = manifest.read_text().replace("  - examplelab/grad*/fsaverage/*\n", "")
    manifest.write_text(text + "groups:\n  figures:\n    annotations: [examplelab/gradient/fsaverage/10k]\n")
    trial.neuromaps(workspace, "lock", "--offline")
    trial.commit(workspace)
    for given, files in (("", 3), ("figures", 5), ("all", 5)):
        run = trial.run(workspace, caches, groups=given)
        text = f"{files} files"
        trial.expect(
            f"with groups `{given}` there are {text}", run.code == 0 and text in run.summary, run.log, run.summary
        )
        trial.expect("and a digest of them", run.outputs["tree-digest"].startswith("sha256:"), run.outputs)
    stores = [key for key in caches.keys if "store" in key]
    trial.expect("each has a cache of its own", len(stores) == 3, stores)


def damage(trial):
    """What can only go wrong between two steps."""
    folder = trial.folder / "damage"
    folder.mkdir()
    files = {name: folder / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    row = {"path": "annotations/a", "map": "lab/a/MNI152/2mm", "metadata": False, "result": "unchanged", "size": 1}
    (folder / "sync.json").write_text(json.dumps({"data_dir": "/data", "files": [row]}))
    (folder / "verify.json").write_text(
        json.dumps({"tree_sha256": None, "files": [{"path": "annotations/a", "state": "changed"}]})
    )
    (folder / "cite.md").touch()
    done = trial.call(
        [sys.executable, TOP / ".ci/summary.py", folder], folder, check=False,
        **{name: str(file) for name, file in files.items()},
    )  # fmt: skip
    told = done.returncode == 4 and not any(file.exists() for file in files.values())
    trial.expect("a file that is damaged after the sync is no summary, but an error", told, done.stdout)


def hook(trial):
    workspace = trial.project("hooked")
    environment = {"PATH": trial.path("installed"), "PRE_COMMIT_HOME": str(trial.folder / "pre-commit")}
    program = Path(sys.executable).parent / "pre-commit"

    def answer(*arguments):
        return trial.call([program, *arguments], workspace, check=False, **environment)

    server = trial.folder / "server/lab/neuromaps"
    good = answer("try-repo", server, HOOK, "--all-files")
    trial.expect("the hook lets a good lock pass", good.returncode == 0 and "Passed" in good.stdout, good.stdout)

    for config in examples(".pre-commit-config.yaml"):
        below = "study" if "args" in config["repos"][0]["hooks"][0] else "."
        workspace = trial.project(f"hooked-{below.strip('.')}", below)
        config["repos"][0] |= {"repo": str(server), "rev": "v9"}
        (workspace / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        trial.commit(workspace)
        good = answer("run", "--all-files")
        trial.expect(f"as documented it lets a good lock in {below} pass", "Passed" in good.stdout, good.stdout)
        with (workspace / below / "neuromaps.yaml").open("a") as manifest:
            manifest.write("  - examplelab/none/*/*\n")
        trial.git(workspace, "add", "--all")
        stale = answer("run")
        is_told = stale.returncode == 1 and "NM0212" in stale.stdout and "exit code: 3" in stale.stdout
        trial.expect("and no stale one", is_told, stale.stdout)


def examples(name):
    """What docs/ci.md shows as the contents of a file."""
    page = (TOP / "docs/ci.md").read_text()
    blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", page, re.M | re.S)
    return [yaml.safe_load(text) for file, text in blocks if file == name]


def documents(trial):
    """The examples of docs/ci.md, and action.yml, are what their readers understand, and do what they say."""
    checker = Path(sys.executable).parent / "check-jsonschema"
    files = {"action.yml": [yaml.safe_load((TOP / "action.yml").read_text())]}
    files |= {name: examples(name) for name in (".github/workflows/analysis.yml", ".gitlab-ci.yml")}
    schemas = {"action.yml": "github-actions", ".gitlab-ci.yml": "gitlab-ci"}
    for name, documents in files.items():
        for document in documents:
            # YAML 1.1 takes `on` for a truth.
            document = {"on" if key is True else key: value for key, value in document.items()}
            file = trial.folder / "document.yaml"
            file.write_text(yaml.safe_dump(document))
            schema = f"vendor.{schemas.get(name, 'github-workflows')}"
            checked = trial.call([checker, "--builtin-schema", schema, file], trial.folder, check=False)
            trial.expect(f"{name} is one", checked.returncode == 0, checked.stdout)

    workspace, caches = trial.project("documented"), trial.caches("documented")
    for workflow in files[".github/workflows/analysis.yml"]:
        for job in workflow["jobs"].values():
            env = {
                name: value.replace("${{ github.workspace }}", str(workspace))
                for name, value in job.get("env", {}).items()
            }
            run = trial.run(workspace, caches, job["steps"], env | {"PATH": trial.path("installed")})
            trial.expect("a documented workflow ends well", run.code == 0 and "Example Lab" in run.summary, run.log)
            analyzed = "analysis of" in run.log or "analysis.py" not in str(job)
            trial.expect("its analysis runs", analyzed, run.log)

    (pipeline,) = files[".gitlab-ci.yml"]
    trial.git(workspace, "clean", "-ffdqX")
    (workspace / "bin").mkdir()
    shutil.copy(trial.program, workspace / "bin/neuromaps")
    variables = {"CI_PROJECT_DIR": str(workspace)}
    variables |= {
        name: value.replace("$CI_PROJECT_DIR", str(workspace)) for name, value in pipeline["variables"].items()
    }
    for name in ("neuromaps", "analysis"):
        job = pipeline[name]
        done = trial.call(["bash", "-euc", "\n".join(job["script"])], workspace, check=False, **variables)
        there = all((workspace / path).exists() for path in job["artifacts"]["paths"] + job["cache"]["paths"])
        trial.expect(f"the documented GitLab job `{name}` ends well", done.returncode == 0 and there, done.stdout)
    page = (workspace / "maps.md").read_text()
    trial.expect("its page has digest and citations", page.startswith("sha256:") and "Example Lab" in page, page)


SCENES = [first_and_later_runs, wrong_projects, programs, restricted_maps, groups, damage, hook, documents]


def main():
    with tempfile.TemporaryDirectory(prefix="ci-trial-") as folder:
        trial = Trial(Path(folder).resolve(), Path(sys.argv[1]).resolve())
        for scene in SCENES:
            print(f"\n{scene.__name__.replace('_', ' ')}", flush=True)
            scene(trial)
    if trial.failures:
        sys.exit(f"{len(trial.failures)} of the trial's expectations are not met")


if __name__ == "__main__":
    main()
