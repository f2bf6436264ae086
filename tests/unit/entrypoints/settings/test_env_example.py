"""`.env.example` and docs/operations.md say the same as the Settings class."""

from pathlib import Path

from entrypoints.load_settings import load_settings
from entrypoints.settings import Settings, setting_name

EXAMPLE = Path(__file__).parents[4] / ".env.example"
OPERATIONS = EXAMPLE.with_name("docs") / "operations.md"


def test_it_names_every_setting_once_with_its_reason_and_nothing_else() -> None:
    reasons_and_names = [
        line.partition("=")[0]
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines()[2:]
        if line
    ]

    assert reasons_and_names == [
        line
        for name, field in Settings.model_fields.items()
        for line in (f"# {field.description}", f"#{setting_name(name)}")
    ]


def test_copied_as_it_is_it_changes_nothing() -> None:
    settings = load_settings({}, env_file=EXAMPLE)

    assert settings == Settings()
    assert settings.model_fields_set == set()


def test_its_values_are_the_defaults(tmp_path: Path) -> None:
    every_value = tmp_path / ".env"
    text = EXAMPLE.read_text(encoding="utf-8")
    every_value.write_text("\n".join(line[1:] for line in text.splitlines() if "=" in line))

    settings = load_settings({}, env_file=every_value)

    assert settings == Settings()
    assert settings.model_fields_set == set(Settings.model_fields)


def test_operations_lists_the_same_with_the_same_defaults_and_reasons() -> None:
    _, _, table = OPERATIONS.read_text(encoding="utf-8").partition("| name | default |")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.partition("\n\n")[0].splitlines()[2:]
    ]
    example = EXAMPLE.read_text(encoding="utf-8").splitlines()
    defaults = [
        line[1:].partition("=")[2] for line in example if line.startswith("#") and "=" in line
    ]

    assert rows == [
        [f"`{setting_name(name)}`", f"`{default}`" if default else "", field.description]
        for (name, field), default in zip(Settings.model_fields.items(), defaults, strict=True)
    ]
