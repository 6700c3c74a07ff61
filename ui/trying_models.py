"""`byline models`: which language models can be used here, each tried with one token."""

import argparse
from typing import Any

from assistant.extractive.quoting import EXTRACTIVE
from assistant.models import FAMILIES, Family, Limits
from assistant.models.streaming import Trial, try_model
from assistant.readers import usable_specs
from ui.common import print_json, settings_of


def run_models(options: argparse.Namespace) -> int:
    """Try the model of the settings and the GGUF files of the home folder; no other is ever called.

    The exit code is that of the failure of the settings' own model, else 0.
    """
    settings = settings_of(options)
    limits = Limits.of(settings)
    trials = [try_model(spec, limits) for spec in usable_specs(settings) if spec != EXTRACTIVE]
    if options.json:
        families = list(map(_family_json, FAMILIES.values()))
        print_json({"models": [_json(trial) for trial in trials], "families": families})
    else:
        print(f"{EXTRACTIVE}: quotes, without a language model")
        for trial in trials:
            print(f"{trial.spec}: {_outcome(trial)}")
        print("\nwhat --llm takes:")
        for family in FAMILIES.values():
            print(f"  {family.form}{_needs(family)}")
    return next((t.failure.exit_code for t in trials if t.failure and t.spec == settings.llm), 0)


def _outcome(trial: Trial) -> str:
    if trial.failure:
        return f"not usable: {trial.failure}"
    return f"opened in {trial.open_seconds:.1f} s, first token {trial.token_seconds:.1f} s later"


def _needs(family: Family) -> str:
    if not family.is_here:
        return f": install with {family.install}"
    return f" (key, if any, in {family.key})" if family.key else ""


def _json(trial: Trial) -> dict[str, Any]:
    if trial.failure:
        return {"spec": trial.spec, "usable": False, "failure": str(trial.failure)}
    seconds = {"open_s": round(trial.open_seconds, 3), "first_token_s": round(trial.token_seconds, 3)}
    return {"spec": trial.spec, "usable": True, **seconds}


def _family_json(family: Family) -> dict[str, Any]:
    return {"form": family.form, "install": None if family.is_here else family.install, "key": family.key or None}
