"""As much of GitHub Actions as runs a composite action or the steps of a job here: expressions, files, caches."""

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import yaml


class Expression:
    """What stands between ${{ and }}: names, texts, == != && || ! ( ) and hashFiles."""

    TOKEN = re.compile(r"\s*(?:'((?:[^']|'')*)'|(==|!=|&&|\|\||[!(),])|([\w.-]+))")

    def __init__(self, text, lookup):
        self.lookup, self.tokens = lookup, []
        text = text.strip()
        while text:
            match = self.TOKEN.match(text)
            if not match:
                raise ValueError(f"cannot read the expression: {text}")
            if match[1] is not None:
                self.tokens.append(("text", match[1].replace("''", "'")))
            else:
                self.tokens.append(("sign", match[2]) if match[2] else ("name", match[3]))
            text = text[match.end() :].strip()

    def value(self):
        result = self._or()
        if self.tokens:
            raise ValueError(f"too much in an expression: {self.tokens}")
        return result

    def _take(self, *signs):
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return None

    def _or(self):
        left = self._and()
        while self._take("||"):
            right = self._and()
            left = left or right
        return left

    def _and(self):
        left = self._equal()
        while self._take("&&"):
            right = self._equal()
            left = left and right
        return left

    def _equal(self):
        left = self._single()
        while sign := self._take("==", "!="):
            left = (left == self._single()) == (sign == "==")
        return left

    def _single(self):
        if self._take("!"):
            return not self._single()
        if self._take("("):
            inner = self._or()
            self._expect(")")
            return inner
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return text
        if self._take("("):
            arguments = [self._or()]
            while self._take(","):
                arguments.append(self._or())
            self._expect(")")
            return self.lookup(text, *arguments)
        return self.lookup(text)

    def _expect(self, sign):
        if not self._take(sign):
            raise ValueError(f"`{sign}` is missing in an expression")


@dataclass
class Caches:
    """What actions/cache keeps between runs: an archive for each key, the latest last."""

    folder: Path
    keys: list = field(default_factory=list)

    def _archive(self, key):
        return self.folder / hashlib.sha256(key.encode()).hexdigest()

    def restore(self, key, prefixes):
        """The key that answered, if one did."""
        found = [key] if key in self.keys else []
        for prefix in prefixes:
            found += [kept for kept in reversed(self.keys) if kept.startswith(prefix)]
        if not found:
            return None
        subprocess.run(["tar", "-xPf", self._archive(found[0])], check=True)
        return found[0]

    def save(self, key, path):
        """As GitHub does: what has been saved under a key stays."""
        if key not in self.keys and Path(path).exists():
            subprocess.run(["tar", "--posix", "-cPf", self._archive(key), path], check=True)
            self.keys.append(key)


@dataclass
class Outcome:
    """What a run came to."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict = field(default_factory=dict)
    restored: list = field(default_factory=list)


class Runner:
    """One job on a fresh machine: a workspace that is checked out, caches of earlier runs, and nothing else."""

    def __init__(self, folder, workspace, caches, environment, actions):
        self.workspace, self.caches, self.actions = workspace, caches, actions
        self.temp = folder / "_temp"
        shutil.rmtree(self.temp, ignore_errors=True)
        self.temp.mkdir(parents=True)
        self.files = {name: self.temp / name for name in ("GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
        for file in self.files.values():
            file.touch()
        self.base = {
            **environment,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_REPOSITORY": "lab/study",
            "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64",
            "RUNNER_TEMP": str(self.temp),
            **{name: str(file) for name, file in self.files.items()},
        }
        self.outcome = Outcome()
        self.to_save = []

    def job(self, steps):
        """Runs the steps of a job, and then what is to be done when it ends."""
        self._steps(steps, {}, {}, None)
        if self.outcome.code == 0:
            for key, path in self.to_save:
                self.caches.save(key, path)
        self.outcome.summary = self.files["GITHUB_STEP_SUMMARY"].read_text()
        return self.outcome

    def _steps(self, steps, inputs, env, action):
        results = {}
        for step in steps:
            if self.outcome.code != 0:
                break

            def lookup(name, *arguments):
                return self._named(name, arguments, inputs, env, results)

            if "if" in step and not Expression(step["if"], lookup).value():
                continue
            filled = {name: self._fill(value, lookup) for name, value in step.get("env", {}).items()}
            given = {name: self._fill(value, lookup) for name, value in step.get("with", {}).items()}
            if "run" in step:
                folder = self._fill(step.get("working-directory", "."), lookup)
                outputs = self._run(self._fill(step["run"], lookup), folder, {**env, **filled}, action)
            else:
                outputs = self._use(step["uses"], given, {**env, **filled})
            if "id" in step:
                results[step["id"]] = outputs
        return results

    def _named(self, name, arguments, inputs, env, results):
        match name.split("."):
            case ["inputs", name]:
                return inputs[name]
            case ["steps", step, "outputs", name]:
                return results.get(step, {}).get(name, "")
            case ["env", name]:
                return {**self._environment(), **env}.get(name, "")
            case ["runner", "os"]:
                return self.base["RUNNER_OS"]
            case ["github", "workspace"]:
                return str(self.workspace)
            case ["secrets", _]:
                return ""
            case ["hashFiles"]:
                file = self.workspace / arguments[0]
                return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
        raise KeyError(f"the trial does not know {name}")

    def _fill(self, text, lookup):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(Expression(match[1], lookup).value()), str(text))

    def _environment(self):
        """With what earlier steps have written for later ones."""
        added = dict(line.split("=", 1) for line in self.files["GITHUB_ENV"].read_text().splitlines())
        path = [*reversed(self.files["GITHUB_PATH"].read_text().splitlines()), self.base["PATH"]]
        return {**self.base, **added, "PATH": ":".join(path)}

    def _run(self, script, folder, env, action):
        outputs = self.temp / "GITHUB_OUTPUT"
        outputs.write_text("")
        environment = {**self._environment(), **env, "GITHUB_OUTPUT": str(outputs)}
        if action:
            environment["GITHUB_ACTION_PATH"] = str(action)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.workspace / folder, env=environment, check=False, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.outcome.log += done.stdout
        self.outcome.code = done.returncode
        return dict(line.split("=", 1) for line in outputs.read_text().splitlines())

    def _use(self, name, given, env):
        action = name.split("@")[0]
        if action.startswith("actions/cache"):
            return self._cache(action, given)
        if action in self.actions:
            return self._composite(self.actions[action], given, env)
        if action in ("actions/checkout", "actions/upload-artifact"):
            return {}
        raise KeyError(f"the trial does not know the action {name}")

    def _cache(self, action, given):
        key, path = given["key"], os.path.join(self.workspace, given["path"])
        if action == "actions/cache/save":
            self.caches.save(key, path)
            return {}
        restored = self.caches.restore(key, given.get("restore-keys", "").split())
        self.outcome.restored.append(restored)
        if action == "actions/cache" and restored != key:
            self.to_save.append((key, path))
        # As there: empty if nothing was found, and true only for the very key.
        return {"cache-hit": "" if restored is None else str(restored == key).lower()}

    def _composite(self, folder, given, env):
        definition = yaml.safe_load((folder / "action.yml").read_text())
        unknown = given.keys() - definition["inputs"].keys()
        if unknown:
            raise KeyError(f"the action has no inputs {unknown}")
        inputs = {name: given.get(name, about["default"]) for name, about in definition["inputs"].items()}
        results = self._steps(definition["runs"]["steps"], inputs, env, folder)

        def lookup(name, *arguments):
            return self._named(name, arguments, inputs, env, results)

        self.outcome.outputs = {
            name: self._fill(about["value"], lookup) for name, about in definition["outputs"].items()
        }
        return self.outcome.outputs
