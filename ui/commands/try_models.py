"""`byline models`: which language models can be used here, each tried with one token."""

import argparse
from typing import TYPE_CHECKING, Any

from ui.commands import Commands, add_json, add_llm
from ui.terminal import print_result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from assistant.models import Family
    from assistant.models.streaming import Trial


def add_to(commands: Commands) -> None:
    models = commands.add(
        "models",
        _models,
        "try the language model of the settings, and each GGUF file in the home folder's `models`, with one token",
    )
    add_llm(models)
    add_json(models)


def _models(options: argparse.Namespace) -> int:
    """Try the model of the settings and the GGUF files of the home folder; no other is ever called.

    The exit code is that of the failure of the settings' own model, else 0.
    """
    from assistant.extractive.quoting import EXTRACTIVE
    from assistant.models import FAMILIES, Limits
    from assistant.models.streaming import try_model
    from assistant.readers import usable_specs
    from ui.opening import settings_of

    settings = settings_of(options)
    limits = Limits.of(settings)
    families = list(FAMILIES.values())
    trials = [try_model(spec, limits) for spec in usable_specs(settings) if spec != EXTRACTIVE]
    known = {"models": [_json(trial) for trial in trials], "families": list(map(_family_json, families))}
    print_result(options.json, known, _model_lines(trials, families))
    return next((t.failure.exit_code for t in trials if t.failure and t.spec == settings.llm), 0)


def _model_lines(trials: "Sequence[Trial]", families: "Sequence[Family]") -> "Iterator[str]":
    from assistant.extractive.quoting import EXTRACTIVE

    yield f"{EXTRACTIVE}: quotes, without a language model"
    for trial in trials:
        yield f"{trial.spec}: {_outcome(trial)}"
    yield "\nwhat --llm takes:"
    for family in families:
        yield f"  {family.form}{_needs(family)}"


def _outcome(trial: "Trial") -> str:
    if trial.failure:
        return f"not usable: {trial.failure}"
    return f"opened in {trial.open_seconds:.1f} s, first token {trial.token_seconds:.1f} s later"


def _needs(family: "Family") -> str:
    if not family.is_here:
        return f": install with {family.install}"
    return f" (key, if any, in {family.key})" if family.key else ""


def _json(trial: "Trial") -> dict[str, Any]:
    if trial.failure:
        return {"spec": trial.spec, "usable": False, "failure": str(trial.failure)}
    seconds = {"open_s": round(trial.open_seconds, 3), "first_token_s": round(trial.token_seconds, 3)}
    return {"spec": trial.spec, "usable": True, **seconds}


def _family_json(family: "Family") -> dict[str, Any]:
    return {"form": family.form, "install": None if family.is_here else family.install, "key": family.key or None}
